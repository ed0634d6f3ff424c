package io.outrider.launcher.executor;

import io.outrider.api.WorkerInitializer;
import io.outrider.config.OutriderConfig;
import io.outrider.contract.Contract;
import io.outrider.error.RemoteCallException;
import io.outrider.launcher.process.WorkerTerms;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What both sides must have in common before the first call: how values are encoded, which types may cross, which contracts
 * there are. Immutable.
 *
 * @param marshaller encodes and decodes on this side
 * @param terms what each worker is told at its start
 */
record Agreement(Marshaller marshaller, WorkerTerms terms) {
    /** The agreement that a configuration asks for. */
    static Agreement of(final OutriderConfig config) {
        final ClassLoader loader = loader();
        final List<Class<?>> strict = config.strictTypes();
        final Marshaller marshaller = strict == null ? Marshaller.open(loader) : Marshaller.strict(loader, strict);
        final Map<String, Long> contracts =
                config.contracts().stream().map(Contract::of).collect(Collectors.toMap(Contract::name, Contract::digest, (one, same) -> one));
        final Vocabulary vocabulary = new Vocabulary(
                strict == null ? null : strict.stream().map(Class::getName).toList(),
                marshaller.typeDigest(),
                contracts);
        return new Agreement(
                marshaller,
                new WorkerTerms(
                        vocabulary,
                        encode(config, marshaller),
                        (workerId, failure) -> decode(marshaller, workerId, failure)));
    }

    private static ClassLoader loader() {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ClassLoader.getSystemClassLoader() : context;
    }

    private static @Nullable ByteBuffer encode(final OutriderConfig config, final Marshaller marshaller) {
        final WorkerInitializer initializer = config.worker().initializer();
        if (initializer == null) {
            return null;
        }
        final ValueWriter writer = new ValueWriter(marshaller, config.link().maxPayloadBytes());
        writer.reset(0);
        writer.putObject(initializer);
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static Throwable decode(final Marshaller marshaller, final int workerId, final ByteBuffer bytes) {
        final ValueReader reader = new ValueReader(marshaller);
        reader.wrap(new UnsafeBuffer(bytes), 0, bytes.remaining());
        final Marshaller.Failure failure = marshaller.readFailure(reader);
        return new RemoteCallException(workerId, failure.data(), failure.original());
    }
}

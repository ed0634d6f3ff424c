package io.outrider.launcher.process;

import io.outrider.api.WorkerInitializer;
import io.outrider.config.OutriderConfig;
import io.outrider.contract.Contract;
import io.outrider.error.RemoteCallException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.control.ControlFrameDescriptor;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the layers above the control link say to a worker at its start. The same for all workers of an executor; immutable.
 *
 * @param vocabulary what must be the same on both sides
 * @param initializer as the marshaller wrote it, or null
 * @param failureReader reads what a worker's marshaller wrote
 */
public record WorkerTerms(Vocabulary vocabulary, @Nullable ByteBuffer initializer, FailureReader failureReader) {
    /** Reads a failure that a worker sent. */
    @FunctionalInterface
    public interface FailureReader {
        /**
         * Reads the failure.
         *
         * @param workerId that sent it
         * @param failure as its marshaller wrote it
         * @return what was thrown there
         */
        Throwable read(int workerId, ByteBuffer failure);
    }

    /**
     * The terms that follow from the settings of an executor.
     *
     * @param config the settings
     * @param marshaller of the launcher, strict if the settings are
     * @return for all workers of the executor
     * @throws io.outrider.error.SerializationException if the initializer can't be sent
     * @throws io.outrider.error.ContractException if an interface among the settings can't be a contract
     */
    public static WorkerTerms of(final OutriderConfig config, final Marshaller marshaller) {
        final List<Class<?>> strict = config.strictTypes();
        final Map<String, Long> contracts = new TreeMap<>();
        for (final Class<?> type : config.contracts()) {
            final Contract<?> contract = Contract.of(type);
            contracts.put(contract.name(), contract.digest());
        }
        final Vocabulary vocabulary = new Vocabulary(
                strict == null ? null : strict.stream().map(Class::getName).toList(),
                marshaller.typeDigest(),
                config.serializer(),
                contracts);
        return new WorkerTerms(
                vocabulary,
                encode(config.worker().initializer(), marshaller),
                (workerId, failure) -> decode(workerId, failure, marshaller));
    }

    /**
     * The same for a worker that runs no code of the user's at its start.
     *
     * @return terms without initializer
     */
    public WorkerTerms withoutInitializer() {
        return new WorkerTerms(vocabulary, null, failureReader);
    }

    private static @Nullable ByteBuffer encode(
            final @Nullable WorkerInitializer initializer, final Marshaller marshaller) {
        if (initializer == null) {
            return null;
        }
        final ValueWriter writer = new ValueWriter(marshaller, ControlFrameDescriptor.MAX_BODY_LENGTH);
        writer.reset(0);
        writer.putObject(initializer);
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static Throwable decode(final int workerId, final ByteBuffer bytes, final Marshaller marshaller) {
        final ValueReader reader = new ValueReader(marshaller);
        reader.wrap(new UnsafeBuffer(bytes), 0, bytes.remaining());
        final Marshaller.Failure failure = marshaller.readFailure(reader);
        return new RemoteCallException(workerId, failure.data(), failure.original());
    }
}

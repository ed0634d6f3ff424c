package io.outrider.worker;

import io.outrider.api.WorkerInitializer;
import io.outrider.engine.endpoint.Agreement;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.ConfigurationException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.transport.Link;
import io.outrider.worker.host.WorkerHost;
import io.outrider.worker.host.WorkerIdentity;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The layers of a real worker: values by the marshaller, objects in a {@link WorkerHost}. Safe from any thread. */
final class StandardKit implements WorkerKit {
    private static final int MAX_FAILURE_BYTES = 1024 * 1024;

    private final ClassLoader loader = ClassLoader.getSystemClassLoader();
    /** Until the two sides have agreed, this serves to say why they do not. */
    private @Nullable Marshaller marshaller;

    @Override
    public void prepare() {
        marshaller().prepare();
        WorkerHost.prepare();
    }

    @Override
    public synchronized void agree(final Vocabulary vocabulary) {
        marshaller = Agreement.on(vocabulary, marshaller(), loader, Endpoints.ofProcess());
    }

    private synchronized Marshaller marshaller() {
        Marshaller made = marshaller;
        if (made == null) {
            made = Marshaller.open(loader, Endpoints.ofProcess());
            marshaller = made;
        }
        return made;
    }

    @Override
    public void initialize(final int workerId, final ByteBuffer initializer) throws Exception {
        final ValueReader reader = new ValueReader(marshaller());
        reader.wrap(new UnsafeBuffer(initializer), 0, initializer.remaining());
        final Object code = reader.getObject();
        if (code instanceof WorkerInitializer readable) {
            readable.initialize(workerId);
        } else {
            throw new ConfigurationException("the initializer arrived as " + code);
        }
    }

    @Override
    public Host open(
            final WorkerIdentity identity,
            final Link link,
            final DoorbellHub hub,
            final Doorbell clientBell,
            final Limits limits) {
        final WorkerHost host = new WorkerHost(link, marshaller(), hub, clientBell, limits, identity);
        Endpoints.ofProcess().settleAt(host.home());
        return host;
    }

    @Override
    public ByteBuffer encode(final Throwable failure) {
        final ValueWriter writer = new ValueWriter(marshaller(), MAX_FAILURE_BYTES);
        writer.reset(0);
        marshaller().writeFailure(failure, writer);
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return ByteBuffer.wrap(bytes);
    }
}

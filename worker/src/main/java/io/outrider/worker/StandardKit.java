package io.outrider.worker;

import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.transport.Link;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Stands where marshalling and contracts will be joined to the session. */
final class StandardKit implements WorkerKit {
    @Override
    public void agree(final Vocabulary vocabulary) {}

    @Override
    public void initialize(final int workerId, final ByteBuffer initializer) {}

    @Override
    public Host open(
            final int workerId, final Link link, final DoorbellHub hub, final Doorbell clientBell, final Limits limits) {
        return new Host() {
            @Override
            public void start() {}

            @Override
            public boolean drain(final Duration timeout) {
                return true;
            }

            @Override
            public int running() {
                return 0;
            }

            @Override
            public void interruptAll() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public ByteBuffer encode(final Throwable failure) {
        return ByteBuffer.allocate(0);
    }
}

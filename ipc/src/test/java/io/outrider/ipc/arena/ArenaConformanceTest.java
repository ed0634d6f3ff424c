package io.outrider.ipc.arena;

import io.outrider.ipc.ring.RingTransport;
import io.outrider.testkit.ArenaConformance;
import io.outrider.transport.TransportProvider;

/** On the ring alone: the arena is the same object in all transports. */
final class ArenaConformanceTest extends ArenaConformance {
    @Override
    protected TransportProvider provider() {
        return new RingTransport();
    }
}

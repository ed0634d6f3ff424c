package io.outrider.ipc.ring;

import io.outrider.testkit.LinkDeathConformance;
import io.outrider.transport.TransportProvider;

final class RingDeathTest extends LinkDeathConformance {
    @Override
    protected TransportProvider provider() {
        return new RingTransport();
    }
}

package io.outrider.ipc.queue;

import io.outrider.testkit.LinkDeathConformance;
import io.outrider.transport.TransportProvider;

final class QueueDeathTest extends LinkDeathConformance {
    @Override
    protected TransportProvider provider() {
        return new QueueTransport();
    }
}

package io.outrider.ipc.queue;

import io.outrider.testkit.LinkConformance;
import io.outrider.transport.TransportProvider;

final class QueueConformanceTest extends LinkConformance {
    @Override
    protected TransportProvider provider() {
        return new QueueTransport();
    }

    @Override
    protected boolean readerResumes() {
        return false;
    }
}

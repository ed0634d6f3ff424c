package io.outrider.ipc.ring;

import io.outrider.testkit.LinkConformance;
import io.outrider.transport.TransportProvider;

final class RingConformanceTest extends LinkConformance {
    @Override
    protected TransportProvider provider() {
        return new RingTransport();
    }

    @Override
    protected boolean readerResumes() {
        return true;
    }
}

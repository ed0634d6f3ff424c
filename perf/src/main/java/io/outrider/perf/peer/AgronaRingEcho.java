package io.outrider.perf.peer;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** Rings for one writer and one reader. */
public final class AgronaRingEcho extends RingEcho {
    @Override
    public String name() {
        return "agrona.ring.echo";
    }

    @Override
    RingBuffer ring(final AtomicBuffer buffer) {
        return new OneToOneRingBuffer(buffer);
    }
}

package io.outrider.perf.peer;

import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** Rings for many writers and one reader; here, too, only one writes. */
public final class AgronaManyToOneEcho extends RingEcho {
    @Override
    public String name() {
        return "agrona.manytoone.echo";
    }

    @Override
    RingBuffer ring(final AtomicBuffer buffer) {
        return new ManyToOneRingBuffer(buffer);
    }
}

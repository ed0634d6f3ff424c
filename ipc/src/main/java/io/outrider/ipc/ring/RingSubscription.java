package io.outrider.ipc.ring;

import io.outrider.transport.FrameHandler;
import io.outrider.transport.Subscription;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Reads frames from a ring, by one thread at a time, without allocation or system call. The room of the frames of one poll is
 * given back to the writer when the poll ends. After the writer's death it delivers what was committed, up to the first claim
 * that was not.
 */
final class RingSubscription implements Subscription, MessageHandler, AutoCloseable {
    private static final FrameHandler NOBODY = (buffer, offset, length) -> {
        throw new IllegalStateException("a frame outside of a poll");
    };

    private final RingBuffer ring;
    private FrameHandler handler = NOBODY;
    private long position; // as of the last poll that found nothing
    private volatile boolean closed;

    /** @param ring the lane */
    RingSubscription(final ManyToOneRingBuffer ring) {
        this.ring = ring;
    }

    @Override
    public int poll(final FrameHandler frameHandler, final int limit) {
        if (closed) {
            return CLOSED;
        }
        // The adapter is this object, and the handler a field of it, because a lambda here would be garbage in every
        // poll.
        handler = frameHandler;
        int frames = ring.read(this, limit);
        // A read ends at the end of the buffer and may have found only padding in front of it. That is told from the
        // reader's own
        // position: asking for the writer's would pull its cache line over in every idle poll.
        while (frames == 0 && hasMoved()) {
            frames = ring.read(this, limit);
        }
        return frames;
    }

    private boolean hasMoved() {
        final long before = position;
        position = ring.consumerPosition();
        return position != before;
    }

    @Override
    public void onMessage(final int typeId, final MutableDirectBuffer buffer, final int index, final int length) {
        handler.onFrame(buffer, index, length);
    }

    @Override
    public void close() {
        closed = true;
    }
}

package io.outrider.ipc.ring;

import io.outrider.transport.Claim;
import io.outrider.transport.Publication;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Writes frames into a ring: a claim is one compare-and-set of the tail, a commit one release store of the frame's length.
 * Lock-free from any thread of the one writing process, without allocation or system call. A frame that was committed behind
 * an older claim becomes visible once that one ends. If the reader dies the ring fills, and claims are answered with
 * {@link #BACK_PRESSURED}.
 */
final class RingPublication implements Publication, Claim.Completion, AutoCloseable {
    private static final int FRAME_TYPE = 1;

    private final RingBuffer ring;
    private final AtomicBuffer buffer;
    private final int maxFrameLength;
    private volatile boolean closed;

    /**
     * @param ring the lane
     * @param maxFrameLength in bytes, at most what the ring can carry
     */
    RingPublication(final ManyToOneRingBuffer ring, final int maxFrameLength) {
        this.ring = ring;
        this.buffer = ring.buffer();
        this.maxFrameLength = maxFrameLength;
    }

    @Override
    public int maxFrameLength() {
        return maxFrameLength;
    }

    @Override
    public int tryClaim(final int length, final Claim claim) {
        if (length <= 0 || length > maxFrameLength) {
            return BAD_LENGTH;
        }
        if (closed) {
            return CLOSED;
        }
        final int index = ring.tryClaim(FRAME_TYPE, length);
        if (index < 0) {
            return BACK_PRESSURED;
        }
        claim.set(this, buffer, index, length);
        return OK;
    }

    @Override
    public void commit(final Claim claim) {
        ring.commit(claim.offset());
    }

    @Override
    public void abort(final Claim claim) {
        ring.abort(claim.offset());
    }

    @Override
    public void close() {
        closed = true;
    }
}

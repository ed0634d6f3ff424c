package io.outrider.stream;

import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends the frames that have no values. For one thread at a time. */
public final class Letter {
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameDescriptor.CREDIT_LENGTH]);
    private final Claim claim = new Claim();
    private final ArenaBlock block = new ArenaBlock();

    /** Makes one. */
    public Letter() {}

    int sendCredit(final StreamPort port, final long stream, final int items, final long bytes) {
        FrameDescriptor.putCredit(frame, 0, items, bytes, stream);
        return send(port, FrameDescriptor.CREDIT_LENGTH);
    }

    /**
     * Tells the writer of a stream that nothing more of it is wanted.
     *
     * @param port of this side
     * @param stream its id
     * @return {@link io.outrider.transport.Publication#OK}, {@code BACK_PRESSURED} or {@code CLOSED}
     */
    public int sendCancel(final StreamPort port, final long stream) {
        FrameDescriptor.putCancel(frame, 0, stream);
        return send(port, FrameDescriptor.CANCEL_LENGTH);
    }

    private int send(final StreamPort port, final int length) {
        return port.trySend(frame, length, length, claim, block);
    }
}

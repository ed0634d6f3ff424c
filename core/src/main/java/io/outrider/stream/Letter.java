package io.outrider.stream;

import io.outrider.error.ErrorCode;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends the frames that have no values. For one thread at a time. */
public final class Letter {
    private static final int MAX_TEXT_BYTES = 4096;

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
        FrameDescriptor.putCancel(frame, 0, true, stream);
        return send(port, FrameDescriptor.CANCEL_LENGTH);
    }

    /**
     * Tells the reader of a stream that it has ended.
     *
     * @param port of this side
     * @param stream its id
     * @param text why
     * @return {@link io.outrider.transport.Publication#OK}, {@code BACK_PRESSURED} or {@code CLOSED}
     */
    public int sendRefusal(final StreamPort port, final long stream, final String text) {
        final ValueWriter writer = new ValueWriter(port.marshaller(), MAX_TEXT_BYTES);
        writer.reset(FrameDescriptor.OUTCOME_HEADER);
        new Refusal(ErrorCode.CLOSED, text, 0, 0).write(writer);
        FrameDescriptor.putOutcome(writer.buffer(), 0, FrameDescriptor.REFUSED, (short) 0, stream);
        return port.trySend(writer.buffer(), FrameDescriptor.OUTCOME_HEADER, writer.length(), claim, block);
    }

    /**
     * Tells the reader of a stream that its generator was made, and that there is no value yet.
     *
     * @param port of this side
     * @param stream its id
     * @return {@link io.outrider.transport.Publication#OK}, {@code BACK_PRESSURED} or {@code CLOSED}
     */
    public int sendBegun(final StreamPort port, final long stream) {
        FrameDescriptor.putItems(frame, 0, (short) 0, 0, stream);
        return send(port, FrameDescriptor.OUTCOME_HEADER);
    }

    private int send(final StreamPort port, final int length) {
        return port.trySend(frame, length, length, claim, block);
    }
}

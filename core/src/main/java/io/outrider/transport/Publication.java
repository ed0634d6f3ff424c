package io.outrider.transport;

import org.agrona.DirectBuffer;

/**
 * The writing end of a lane. Any thread of the one writing process may call it; no method blocks for the reader. A frame is
 * visible to the reader only after {@link Claim#commit()}, whole, in the order of the claims. If the reader dies, claims
 * are answered with {@link #BACK_PRESSURED} once the lane is full.
 */
public interface Publication {
    /** The claim or offer succeeded. */
    int OK = 0;
    /** The lane is full: the reader has not kept up. Try again later. */
    int BACK_PRESSURED = -1;
    /** This side of the link was closed. */
    int CLOSED = -2;
    /** The frame is longer than {@link #maxFrameLength()} or its length is not positive; it can never be sent. */
    int BAD_LENGTH = -3;

    /**
     * The longest frame that this lane carries.
     *
     * @return bytes
     */
    int maxFrameLength();

    /**
     * Whether the lane takes new memory for what is written, as a file that grows does, and not the same again: then what is long is
     * better sent by the arena, where there is room.
     *
     * @return false if what is written costs nothing but the time
     */
    default boolean takesNewMemory() {
        return false;
    }

    /**
     * Claims room for one frame. On {@link #OK} the caller must fill it and call {@link Claim#commit()} or
     * {@link Claim#abort()} on the same thread, at once and with nothing in between that can throw or block: other writers
     * may have to wait for it.
     *
     * @param length of the frame in bytes
     * @param claim receives the room; belongs to the calling thread
     * @return {@link #OK}, {@link #BACK_PRESSURED}, {@link #CLOSED} or {@link #BAD_LENGTH}
     */
    int tryClaim(int length, Claim claim);

    /**
     * Copies one frame into the lane: claim, copy, commit.
     *
     * @param source holds the frame
     * @param offset of its first byte
     * @param length of the frame in bytes
     * @param claim scratch of the calling thread
     * @return {@link #OK}, {@link #BACK_PRESSURED}, {@link #CLOSED} or {@link #BAD_LENGTH}
     */
    default int offer(final DirectBuffer source, final int offset, final int length, final Claim claim) {
        final int result = tryClaim(length, claim);
        if (result == OK) {
            claim.buffer().putBytes(claim.offset(), source, offset, length);
            claim.commit();
        }
        return result;
    }
}

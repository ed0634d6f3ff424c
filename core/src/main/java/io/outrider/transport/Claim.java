package io.outrider.transport;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Room for one frame in a lane, from {@link Publication#tryClaim} until {@link #commit} or {@link #abort}. A flyweight that
 * one thread keeps and passes again and again; not safe for two. The shape is that of Aeron's {@code BufferClaim}, with
 * every claim ended explicitly.
 */
public final class Claim {
    /** How a lane ends a claim; implemented by transports. */
    public interface Completion {
        /**
         * Makes the frame visible to the reader.
         *
         * @param claim the claim to end
         */
        void commit(Claim claim);

        /**
         * Gives the room up; the reader never sees it.
         *
         * @param claim the claim to end
         */
        void abort(Claim claim);
    }

    private static final Completion NONE = new Completion() {
        @Override
        public void commit(final Claim claim) {
            throw new IllegalStateException("nothing is claimed");
        }

        @Override
        public void abort(final Claim claim) {
            throw new IllegalStateException("nothing is claimed");
        }
    };

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private MutableDirectBuffer buffer = view;
    private Completion completion = NONE;
    private int offset;
    private int length;

    /** Makes a claim that holds nothing yet. */
    public Claim() {}

    /**
     * For transports: points this claim at room in a buffer.
     *
     * @param lane ends the claim
     * @param source the buffer that holds the room
     * @param start offset of the first byte
     * @param size of the room in bytes
     */
    public void set(final Completion lane, final MutableDirectBuffer source, final int start, final int size) {
        completion = lane;
        buffer = source;
        offset = start;
        length = size;
    }

    /**
     * For transports: points this claim at room by its address.
     *
     * @param lane ends the claim
     * @param address of the first byte
     * @param size of the room in bytes
     */
    public void set(final Completion lane, final long address, final int size) {
        view.wrap(address, size);
        set(lane, view, 0, size);
    }

    /**
     * The buffer to write into, from {@link #offset} for {@link #length} bytes and not beyond.
     *
     * @return valid until the claim ends
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * Where the room begins in {@link #buffer}.
     *
     * @return offset in bytes
     */
    public int offset() {
        return offset;
    }

    /**
     * The size of the room.
     *
     * @return bytes, as claimed
     */
    public int length() {
        return length;
    }

    /** Makes the frame visible to the reader: everything written before happens-before its read. Ends the claim. */
    public void commit() {
        final Completion lane = completion;
        completion = NONE;
        lane.commit(this);
    }

    /** Gives the room up; the reader never sees it. Ends the claim. */
    public void abort() {
        final Completion lane = completion;
        completion = NONE;
        lane.abort(this);
    }
}

package io.outrider.transport;

import org.agrona.DirectBuffer;

/**
 * Places in shared memory, each for one caller that waits for its own short reply: a few cache lines there and a few back, and
 * no other thread or frame between. What a lane needs for many frames of many threads (a tail to claim, a head to follow, a poll
 * role) such a call does not need. A transport may have none.
 *
 * <p>Client: a slot belongs to one thread at a time, from {@link #send} until {@link #poll} has found the reply. Worker:
 * {@link #nextCall} is for one thread at a time, {@link #reply} for whoever answers that call. Nothing blocks or allocates. If
 * the peer dies its slots stay as they are.
 */
public interface DirectSlots {
    /** {@link #nextCall}: no slot has a call. */
    int NONE = -1;
    /** {@link #poll}: there is no reply yet. */
    int NOTHING = -1;
    /** {@link #poll}: what stands there can't be a reply. */
    int GARBLED = -2;
    /** {@link #poll}: the reply was too long, and comes by the lane. */
    int IN_LANE = 0;

    /** Of a transport that has no slots. */
    DirectSlots ABSENT = new DirectSlots() {
        @Override
        public int count() {
            return 0;
        }

        @Override
        public int maxFrameLength() {
            return 0;
        }

        @Override
        public void send(final int slot, final DirectBuffer frame, final int length) {
            throw new IndexOutOfBoundsException(slot);
        }

        @Override
        public int poll(final int slot) {
            return NOTHING;
        }

        @Override
        public DirectBuffer replies() {
            throw new UnsupportedOperationException("this transport has no direct slots");
        }

        @Override
        public int replyOffset(final int slot) {
            throw new IndexOutOfBoundsException(slot);
        }

        @Override
        public int nextCall(final FrameHandler handler) {
            return NONE;
        }

        @Override
        public int takeCall(final FrameTest wanted, final FrameHandler handler) {
            return NONE;
        }

        @Override
        public boolean reply(final int slot, final DirectBuffer frame, final int length) {
            throw new IndexOutOfBoundsException(slot);
        }

        @Override
        public void replyInLane(final int slot) {
            throw new IndexOutOfBoundsException(slot);
        }
    };

    /**
     * How many slots there are.
     *
     * @return the count, the same on both sides
     */
    int count();

    /**
     * The longest frame that a slot carries, either way.
     *
     * @return bytes
     */
    int maxFrameLength();

    /**
     * For the client: puts a call into a slot.
     *
     * @param slot from 0, whose last call has been answered
     * @param frame holds the call, from 0
     * @param length of the call in bytes, at most {@link #maxFrameLength}
     */
    void send(int slot, DirectBuffer frame, int length);

    /**
     * For the client: whether the last call of a slot has been answered.
     *
     * @param slot from 0
     * @return the length of the reply in bytes, {@link #IN_LANE}, {@link #NOTHING} or {@link #GARBLED}
     */
    int poll(int slot);

    /**
     * For the client: where replies stand.
     *
     * @return the memory of all slots
     */
    DirectBuffer replies();

    /**
     * For the client: where the reply of a slot stands until its next call is sent.
     *
     * @param slot from 0
     * @return offset in {@link #replies}
     */
    int replyOffset(int slot);

    /**
     * For the worker: takes the next call. One that was sent after a frame on the lane is found only when the reader of the lane
     * has come past that frame, so that the calls of one thread stay in order.
     *
     * @param handler is given the call, to copy it
     * @return the slot that waits for the reply, or {@link #NONE}
     */
    int nextCall(FrameHandler handler);

    /**
     * For the worker: takes the call that is looked for, wherever the reader of the lane is.
     *
     * @param wanted is shown each call that was not taken
     * @param handler is given the call, to copy it
     * @return the slot that waits for the reply, or {@link #NONE} if there is no such call, or it was taken
     */
    int takeCall(FrameTest wanted, FrameHandler handler);

    /** Looks at a frame where it lies. */
    @FunctionalInterface
    interface FrameTest {
        /**
         * Says whether it is the one.
         *
         * @param frame holds it
         * @param offset of its first byte
         * @param length in bytes
         * @return true if it is
         */
        boolean matches(DirectBuffer frame, int offset, int length);
    }

    /**
     * For the worker: answers the call of a slot; an answer that is too long is announced as {@link #replyInLane} does.
     *
     * @param slot from {@link #nextCall}
     * @param frame holds the reply, from 0
     * @param length of the reply in bytes
     * @return false if it is too long: send it by the lane
     */
    boolean reply(int slot, DirectBuffer frame, int length);

    /**
     * For the worker: says that the answer comes by the lane. Call before it is sent.
     *
     * @param slot from {@link #nextCall}
     */
    void replyInLane(int slot);
}

package io.outrider.ipc.slots;

import io.outrider.transport.DirectSlots;
import io.outrider.transport.FrameHandler;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Direct slots in a mapped file, beside the lanes of either transport. Each word that one side polls stands in the line that has the frame, so that whoever sees the
 * word has the frame already:
 *
 * <pre>
 *   offset  0     how many slots the client has used so far (int)
 *   128 + 256 n   call of slot n:   length (int), number of the call (int), position of the call lane (long), frame
 *   256 + 256 n   reply of slot n:  length (int), number of the call (int), unused (long), frame
 * </pre>
 *
 * The position is where the writers of the lane were when the call was sent: its reader must have come so far first. A word is
 * written with release after its frame and read with acquire before it. Calls of a slot are numbered, so that an answer is never
 * taken for that of another call.
 */
public final class MappedSlots implements DirectSlots, AutoCloseable {
    private static final int COUNT = 16;
    private static final int LINES = 128;
    private static final int FIRST = LINES;
    private static final int SLOT = 2 * LINES;
    private static final int FRAME = 2 * Long.BYTES;
    private static final int MAX_FRAME = LINES - FRAME;
    /** Numbers of neighbouring slots are counted by different threads. */
    private static final int PADDED = LINES / Integer.BYTES;

    /** Bytes of memory. */
    public static final int LENGTH = FIRST + COUNT * SLOT;

    private final AtomicBuffer memory;
    private final LongSupplier callLane;
    private final int[] numbers = new int[(COUNT + 1) * PADDED]; // of the last call, sent or taken
    private volatile boolean closed;
    private int next; // for the worker: where to look first

    /**
     * @param memory of {@link #LENGTH} bytes, zero at first
     * @param callLane for the client: how much its process has committed to the call lane; for the worker: how much of that it
     *     has read
     */
    public MappedSlots(final AtomicBuffer memory, final LongSupplier callLane) {
        memory.boundsCheck(0, LENGTH);
        this.memory = memory;
        this.callLane = callLane;
    }

    @Override
    public int count() {
        return COUNT;
    }

    @Override
    public int maxFrameLength() {
        return MAX_FRAME;
    }

    @Override
    public void send(final int slot, final DirectBuffer frame, final int length) {
        if (slot >= memory.getIntVolatile(0)) {
            raiseUsed(slot + 1);
        }
        final int call = callOffset(slot);
        memory.putLong(call + Long.BYTES, callLane.getAsLong());
        copy(frame, call + FRAME, length);
        memory.putLongOrdered(call, word(++numbers[(slot + 1) * PADDED], length));
    }

    private void raiseUsed(final int used) {
        int before = memory.getIntVolatile(0);
        while (before < used && !memory.compareAndSetInt(0, before, used)) {
            before = memory.getIntVolatile(0);
        }
    }

    @Override
    public int poll(final int slot) {
        final long word = memory.getLongVolatile(replyOffset(slot) - FRAME);
        if (number(word) != numbers[(slot + 1) * PADDED]) {
            return NOTHING;
        }
        final int length = (int) word;
        return length < 0 || length > MAX_FRAME ? GARBLED : length;
    }

    @Override
    public DirectBuffer replies() {
        return memory;
    }

    @Override
    public int replyOffset(final int slot) {
        return callOffset(slot) + LINES + FRAME;
    }

    @Override
    public int nextCall(final FrameHandler handler) {
        final int used = closed ? 0 : Math.min(COUNT, memory.getIntVolatile(0));
        for (int looked = 0; looked < used; looked++) {
            if (next >= used) {
                next = 0;
            }
            final int slot = next++;
            final long word = memory.getLongVolatile(callOffset(slot));
            if (number(word) != numbers[(slot + 1) * PADDED] && isNextInOrder(slot)) {
                numbers[(slot + 1) * PADDED] = number(word);
                handler.onFrame(memory, callOffset(slot) + FRAME, lengthOf(word));
                return slot;
            }
        }
        return NONE;
    }

    @Override
    public int takeCall(final FrameTest wanted, final FrameHandler handler) {
        final int used = closed ? 0 : Math.min(COUNT, memory.getIntVolatile(0));
        for (int slot = 0; slot < used; slot++) {
            final long word = memory.getLongVolatile(callOffset(slot));
            if (number(word) != numbers[(slot + 1) * PADDED]
                    && wanted.matches(memory, callOffset(slot) + FRAME, lengthOf(word))) {
                numbers[(slot + 1) * PADDED] = number(word);
                handler.onFrame(memory, callOffset(slot) + FRAME, lengthOf(word));
                return slot;
            }
        }
        return NONE;
    }

    private boolean isNextInOrder(final int slot) {
        return callLane.getAsLong() >= memory.getLong(callOffset(slot) + Long.BYTES);
    }

    @Override
    public boolean reply(final int slot, final DirectBuffer frame, final int length) {
        if (length > MAX_FRAME) {
            replyInLane(slot);
            return false;
        }
        copy(frame, replyOffset(slot), length);
        answer(slot, length);
        return true;
    }

    @Override
    public void replyInLane(final int slot) {
        answer(slot, IN_LANE);
    }

    /** The slot's call stays as it is until it has been answered, so it has the number. */
    private void answer(final int slot, final int length) {
        final int number = number(memory.getLong(callOffset(slot)));
        memory.putLongOrdered(replyOffset(slot) - FRAME, word(number, length));
    }

    private void copy(final DirectBuffer frame, final int to, final int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            memory.putLong(to + done, frame.getLong(done));
        }
        if (done <= length - Integer.BYTES) {
            memory.putInt(to + done, frame.getInt(done));
            done += Integer.BYTES;
        }
        for (; done < length; done++) {
            memory.putByte(to + done, frame.getByte(done));
        }
    }

    private static int callOffset(final int slot) {
        return FIRST + slot * SLOT;
    }

    private static int lengthOf(final long word) {
        return Math.max(0, Math.min(MAX_FRAME, (int) word));
    }

    private static long word(final int number, final int length) {
        return ((long) number << Integer.SIZE) | length;
    }

    private static int number(final long word) {
        return (int) (word >>> Integer.SIZE);
    }

    /** Finds no calls from now on. */
    @Override
    public void close() {
        closed = true;
    }
}

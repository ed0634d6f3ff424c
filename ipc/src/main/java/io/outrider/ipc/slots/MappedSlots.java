package io.outrider.ipc.slots;

import io.outrider.transport.DirectSlots;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.SmallCopy;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.AtomicBuffer;
import org.jspecify.annotations.Nullable;

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
    // Where the memory is, whose bounds are checked once; who names a slot that does not exist is stopped by the
    // numbers.
    private final byte @Nullable [] array;
    private final long address;
    private final LongSupplier callLane;
    private final int[] numbers = new int[(COUNT + 1) * PADDED]; // of the last call, sent or taken
    private int raised; // for the client: at most how many slots are said to be used
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
        this.array = memory.byteArray();
        this.address = memory.addressOffset();
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
        final int number = ++numbers[(slot + 1) * PADDED];
        if (slot >= raised) {
            raiseUsed(slot + 1);
        }
        final int call = callOffset(slot);
        UnsafeApi.putLong(array, address + call + Long.BYTES, callLane.getAsLong());
        SmallCopy.copy(frame, 0, memory, call + FRAME, length);
        UnsafeApi.putLongRelease(array, address + call, word(number, length));
    }

    private void raiseUsed(final int used) {
        int before = memory.getIntVolatile(0);
        while (before < used && !memory.compareAndSetInt(0, before, used)) {
            before = memory.getIntVolatile(0);
        }
        raised = used;
    }

    @Override
    public int poll(final int slot) {
        final int number = numbers[(slot + 1) * PADDED];
        final long word = UnsafeApi.getLongVolatile(array, address + replyOffset(slot) - FRAME);
        if (number(word) != number) {
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
        final int used = closed ? 0 : Math.min(COUNT, UnsafeApi.getIntVolatile(array, address));
        for (int looked = 0; looked < used; looked++) {
            if (next >= used) {
                next = 0;
            }
            final int slot = next++;
            final long word = callWord(slot);
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
        final int used = closed ? 0 : Math.min(COUNT, UnsafeApi.getIntVolatile(array, address));
        for (int slot = 0; slot < used; slot++) {
            final long word = callWord(slot);
            if (number(word) != numbers[(slot + 1) * PADDED]
                    && wanted.matches(memory, callOffset(slot) + FRAME, lengthOf(word))) {
                numbers[(slot + 1) * PADDED] = number(word);
                handler.onFrame(memory, callOffset(slot) + FRAME, lengthOf(word));
                return slot;
            }
        }
        return NONE;
    }

    private long callWord(final int slot) {
        return UnsafeApi.getLongVolatile(array, address + callOffset(slot));
    }

    private boolean isNextInOrder(final int slot) {
        return callLane.getAsLong() >= UnsafeApi.getLong(array, address + callOffset(slot) + Long.BYTES);
    }

    @Override
    public boolean reply(final int slot, final DirectBuffer frame, final int length) {
        if (length > MAX_FRAME) {
            replyInLane(slot);
            return false;
        }
        SmallCopy.copy(frame, 0, memory, replyOffset(slot), length);
        answer(slot, length);
        return true;
    }

    @Override
    public void replyInLane(final int slot) {
        answer(slot, IN_LANE);
    }

    /** The slot's call stays as it is until it has been answered, so it has the number. */
    private void answer(final int slot, final int length) {
        final int number = numbers[(slot + 1) * PADDED];
        UnsafeApi.putLongRelease(array, address + replyOffset(slot) - FRAME, word(number, length));
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

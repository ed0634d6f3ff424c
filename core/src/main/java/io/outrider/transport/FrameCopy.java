package io.outrider.transport;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory outside of the heap for a copy of one frame after another, which grows as needed and is kept. For one thread at a time; never
 * blocks, and allocates only for a frame that is larger than all before.
 */
public final class FrameCopy {
    private static final int INITIAL_BYTES = 512;

    private UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(INITIAL_BYTES));

    /** Makes one that holds nothing. */
    public FrameCopy() {}

    /**
     * Copies what is to be kept, in place of what was.
     *
     * @param source holds it
     * @param offset of its first byte
     * @param length in bytes
     * @return holds it from 0, with 512 bytes or more
     * @throws IndexOutOfBoundsException if the source has no such bytes
     */
    public UnsafeBuffer take(final DirectBuffer source, final int offset, final int length) {
        if (length > memory.capacity()) {
            memory = new UnsafeBuffer(ByteBuffer.allocateDirect(BitUtil.findNextPositivePowerOfTwo(length)));
        }
        SmallCopy.copy(source, offset, memory, 0, length);
        return memory;
    }

    /**
     * What was taken last.
     *
     * @return as {@link #take} returned it
     */
    public UnsafeBuffer memory() {
        return memory;
    }
}

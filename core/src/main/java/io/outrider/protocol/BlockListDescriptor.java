package io.outrider.protocol;

import io.outrider.marshal.ValueWriter;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The layout of the list of blocks that a body takes along, little-endian. It stands at the end of the body of a frame that
 * says {@link FrameDescriptor#HAS_BLOCKS}, so that the blocks can be found, and given back, by who can't read the body:
 *
 * <pre>
 *    n times                                              end - 4
 *    +----------------+-----------------------------+     +-------+
 *    | arena handle   | length, or -length if the   | ... | n     |
 *    | i64            | block is shared         i32 |     | i32   |
 *    +----------------+-----------------------------+     +-------+
 * </pre>
 */
public final class BlockListDescriptor {
    private static final int LENGTH_OFFSET = Long.BYTES;
    private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private BlockListDescriptor() {}

    /** Writes one block of the list. */
    public static void putBlock(final ValueWriter body, final long handle, final int length, final boolean shared) {
        body.putLong(handle);
        body.putInt(shared ? -length : length);
    }

    /** Ends the list. */
    public static void putCount(final ValueWriter body, final int count) {
        body.putInt(count);
    }

    /** How many blocks the list at the end of a body has; less than 0 if there is no such list. */
    public static int count(final DirectBuffer body, final int end, final int bodyLength) {
        if (bodyLength < Integer.BYTES) {
            return -1;
        }
        final int count = body.getInt(end - Integer.BYTES, ORDER);
        return count < 0 || count > (bodyLength - Integer.BYTES) / ENTRY_BYTES ? -1 : count;
    }

    /** The size of a list in bytes. */
    public static int bytes(final int count) {
        return count * ENTRY_BYTES + Integer.BYTES;
    }

    /** The arena handle of a block. */
    public static long handle(final DirectBuffer body, final int end, final int count, final int index) {
        return body.getLong(entryOffset(end, count, index), ORDER);
    }

    /** The length of a block in bytes. */
    public static int length(final DirectBuffer body, final int end, final int count, final int index) {
        return Math.abs(body.getInt(entryOffset(end, count, index) + LENGTH_OFFSET, ORDER));
    }

    /** Whether a block is shared. */
    public static boolean isShared(final DirectBuffer body, final int end, final int count, final int index) {
        return body.getInt(entryOffset(end, count, index) + LENGTH_OFFSET, ORDER) < 0;
    }

    private static int entryOffset(final int end, final int count, final int index) {
        return end - bytes(count) + index * ENTRY_BYTES;
    }
}

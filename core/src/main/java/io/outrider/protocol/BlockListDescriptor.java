package io.outrider.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

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

    /** Says how long a block is, and whether it is shared, in one. */
    public static int lengthWord(final int length, final boolean shared) {
        return shared ? -length : length;
    }

    /**
     * Writes the list.
     *
     * @param body has room for {@link #bytes}
     * @param offset of the list
     * @param count how many blocks it has, at least 1
     * @param handles of the blocks
     * @param lengthWords of the blocks
     */
    public static void putBlocks(
            final MutableDirectBuffer body,
            final int offset,
            final int count,
            final long[] handles,
            final int[] lengthWords) {
        body.boundsCheck(offset, bytes(count));
        final byte[] array = body.byteArray();
        long at = body.addressOffset() + offset;
        for (int i = 0; i < count - 1; i++) {
            UnsafeApi.putLong(array, at, handles[i]);
            UnsafeApi.putInt(array, at + LENGTH_OFFSET, lengthWords[i]);
            at += ENTRY_BYTES;
        }
        UnsafeApi.putLong(array, at, handles[count - 1]);
        // In one, as the frame is copied word by word: a processor reads what it has just written soonest as it was
        // written.
        UnsafeApi.putLong(
                array,
                at + LENGTH_OFFSET,
                (long) count << Integer.SIZE | Integer.toUnsignedLong(lengthWords[count - 1]));
    }

    /**
     * How many blocks the list at the end of a body has.
     *
     * @param body wherever its memory is
     * @param end of the body
     * @param bodyLength in bytes
     * @return at least 1, all of which {@link #getBlocks} may read; or less if there is no such list
     */
    public static int count(final DirectBuffer body, final int end, final int bodyLength) {
        if (bodyLength < Integer.BYTES) {
            return -1;
        }
        final int count = body.getInt(end - Integer.BYTES, ORDER);
        return count > (bodyLength - Integer.BYTES) / ENTRY_BYTES ? -1 : count;
    }

    /**
     * Reads the list. Its bounds are checked once.
     *
     * @param body wherever its memory is
     * @param end of the body
     * @param count as {@link #count} gave it
     * @param handles takes the arena handles of the blocks
     * @param lengthWords takes their length words
     */
    public static void getBlocks(
            final DirectBuffer body, final int end, final int count, final long[] handles, final int[] lengthWords) {
        final int list = end - bytes(count);
        body.boundsCheck(list, bytes(count));
        final byte[] array = body.byteArray();
        long at = body.addressOffset() + list;
        for (int i = 0; i < count; i++) {
            handles[i] = UnsafeApi.getLong(array, at);
            lengthWords[i] = UnsafeApi.getInt(array, at + LENGTH_OFFSET);
            at += ENTRY_BYTES;
        }
    }

    /** The size of a list in bytes. */
    public static int bytes(final int count) {
        return count * ENTRY_BYTES + Integer.BYTES;
    }

    /** The length of a block in bytes. */
    public static int length(final int lengthWord) {
        return Math.abs(lengthWord);
    }

    /** The length of all blocks in bytes. */
    public static long totalLength(final int[] lengthWords, final int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += length(lengthWords[i]);
        }
        return total;
    }

    /** Whether a block is shared. */
    public static boolean isShared(final int lengthWord) {
        return lengthWord < 0;
    }
}

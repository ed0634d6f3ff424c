package io.outrider.transport;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Copies frames, most of which are so short that setting up a bulk copy takes longer than the copy. Bounds are checked once for
 * the frame, and not by the buffers for each of its words. Stateless.
 */
public final class SmallCopy {
    private static final int MAX_SMALL = 128;

    private SmallCopy() {}

    /**
     * Copies bytes from one buffer to another.
     *
     * @param from source
     * @param fromIndex of its first byte
     * @param to destination
     * @param toIndex of its first byte
     * @param length in bytes
     * @throws IndexOutOfBoundsException if either buffer has no such bytes
     */
    public static void copy(
            final DirectBuffer from,
            final int fromIndex,
            final MutableDirectBuffer to,
            final int toIndex,
            final int length) {
        if (length > MAX_SMALL) {
            to.putBytes(toIndex, from, fromIndex, length);
            return;
        }
        from.boundsCheck(fromIndex, length);
        to.boundsCheck(toIndex, length);
        copyWords(
                from.byteArray(),
                from.addressOffset() + fromIndex,
                to.byteArray(),
                to.addressOffset() + toIndex,
                length);
    }

    private static void copyWords(
            final byte[] source, final long from, final byte[] target, final long to, final int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            UnsafeApi.putLong(target, to + done, UnsafeApi.getLong(source, from + done));
        }
        if (done <= length - Integer.BYTES) {
            UnsafeApi.putInt(target, to + done, UnsafeApi.getInt(source, from + done));
            done += Integer.BYTES;
        }
        for (; done < length; done++) {
            UnsafeApi.putByte(target, to + done, UnsafeApi.getByte(source, from + done));
        }
    }
}

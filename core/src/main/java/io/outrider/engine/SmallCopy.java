package io.outrider.engine;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Copies frames, most of which are so short that setting up a bulk copy takes longer than the copy. Stateless. */
public final class SmallCopy {
    private static final int MAX_SMALL = 64;

    private SmallCopy() {}

    /**
     * Copies bytes from one buffer to another.
     *
     * @param from source
     * @param fromIndex of its first byte
     * @param to destination
     * @param toIndex of its first byte
     * @param length in bytes
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
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            to.putLong(toIndex + done, from.getLong(fromIndex + done));
        }
        if (done <= length - Integer.BYTES) {
            to.putInt(toIndex + done, from.getInt(fromIndex + done));
            done += Integer.BYTES;
        }
        for (; done < length; done++) {
            to.putByte(toIndex + done, from.getByte(fromIndex + done));
        }
    }
}

package io.outrider.marshal;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * How values with a length stand in a message. The one owner of these bytes; stateless.
 *
 * <pre>
 *   null               int32  -1
 *   array              int32  n  &gt;= 0   | n elements, packed
 *   string, Latin-1    int32  n  &gt;= 0   | n bytes
 *   string, UTF-16     int32  -2 - n    | n chars, each 2 bytes, unpaired surrogates as they are
 *   object graph       int32  n  &gt;= 0   | n bytes
 *
 *   array, in a block  int32  -2 - n    | int32 block
 *   object: a loan     int32  -2        | int32 block
 *      Agrona buffer   int32  -3        | int32 n | n bytes
 *      in a block      int32  -4        | int32 n | int32 block
 *      ByteBuffer,
 *      in a block      int32  -5        | int32 n | int32 block | int8 flags | int32 position
 * </pre>
 *
 * <p>What is in a block is named by the block's index among those that the message takes along.
 */
final class Layout {
    static final int NULL = -1;
    static final int LOAN = -2;
    static final int BUFFER = -3;
    static final int BUFFER_IN_BLOCK = -4;
    static final int BYTE_BUFFER_IN_BLOCK = -5;

    /** What stands for a loan: {@link #LOAN}, and then which of the message's blocks it is, together a long. */
    static long loan(final int block) {
        return (long) block << Integer.SIZE | Integer.toUnsignedLong(LOAN);
    }

    /**
     * From how many bytes on the contents of a value take a block of their own: shorter ones are copied sooner than a block is
     * loaned and given back.
     */
    static final int BLOCK_BYTES = 16 * 1024;

    static final int SCRATCH_BYTES = 512;

    static final Elements BYTES = new Elements(byte[].class);
    static final Elements BOOLEANS = new Elements(boolean[].class);
    static final Elements SHORTS = new Elements(short[].class);
    static final Elements CHARS = new Elements(char[].class);
    static final Elements INTS = new Elements(int[].class);
    static final Elements LONGS = new Elements(long[].class);
    static final Elements FLOATS = new Elements(float[].class);
    static final Elements DOUBLES = new Elements(double[].class);

    private Layout() {}

    static int widePrefix(final int length) {
        return -2 - length;
    }

    static boolean isWide(final int prefix) {
        return prefix < NULL;
    }

    static int wideLength(final int prefix) {
        return -2 - prefix;
    }

    static int inBlockPrefix(final int length) {
        return -2 - length;
    }

    static boolean isInBlock(final int prefix) {
        return prefix < NULL;
    }

    static int lengthInBlock(final int prefix) {
        return -2 - prefix;
    }

    static boolean isLatin1(final String value) {
        int all = 0;
        for (int i = 0, length = value.length(); i < length; i++) {
            all |= value.charAt(i);
        }
        return all <= 0xff;
    }

    /**
     * Writes the characters of a Latin-1 string through an array, which the JDK fills in bulk.
     *
     * @param buffer takes them
     * @param index of the first
     * @param value all of whose characters are Latin-1
     * @param scratch of {@link #SCRATCH_BYTES}, for this call only
     */
    @SuppressWarnings("deprecation") // The deprecated getBytes is the one that copies Latin-1 without a new array.
    static void putLatin1(final MutableDirectBuffer buffer, final int index, final String value, final byte[] scratch) {
        final int length = value.length();
        for (int from = 0; from < length; from += scratch.length) {
            final int to = Math.min(length, from + scratch.length);
            value.getBytes(from, to, scratch, 0);
            buffer.putBytes(index + from, scratch, 0, to - from);
        }
    }

    static void putWide(final MutableDirectBuffer buffer, final int index, final String value) {
        for (int i = 0, length = value.length(); i < length; i++) {
            buffer.putChar(index + i * Character.BYTES, value.charAt(i));
        }
    }

    /**
     * Reads the characters of a Latin-1 string.
     *
     * @param buffer holds them
     * @param index of the first
     * @param length of the string
     * @param scratch of {@link #SCRATCH_BYTES}, for this call only
     * @return the string
     */
    static String getLatin1(final DirectBuffer buffer, final int index, final int length, final byte[] scratch) {
        final byte[] bytes = length <= scratch.length ? scratch : new byte[length];
        buffer.getBytes(index, bytes, 0, length);
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    static String getWide(final DirectBuffer buffer, final int index, final int length) {
        final char[] chars = new char[length];
        CHARS.read(buffer, index, chars, length);
        return new String(chars);
    }

    /** Copies the elements of one type of primitive array in bulk; checks the bounds of the buffer first. */
    static final class Elements {
        private final long arrayOffset;
        private final int bytesEach;

        Elements(final Class<?> arrayType) {
            arrayOffset = UnsafeApi.arrayBaseOffset(arrayType);
            bytesEach = UnsafeApi.arrayIndexScale(arrayType);
        }

        int bytesEach() {
            return bytesEach;
        }

        void write(final Object array, final int length, final MutableDirectBuffer buffer, final int index) {
            final int bytes = length * bytesEach;
            buffer.boundsCheck(index, bytes);
            UnsafeApi.copyMemory(array, arrayOffset, buffer.byteArray(), buffer.addressOffset() + index, bytes);
        }

        void read(final DirectBuffer buffer, final int index, final Object array, final int length) {
            final int bytes = length * bytesEach;
            buffer.boundsCheck(index, bytes);
            UnsafeApi.copyMemory(buffer.byteArray(), buffer.addressOffset() + index, array, arrayOffset, bytes);
        }
    }
}

package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.SerializationException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The encodings of primitives, strings and primitive arrays: bytes, limits, damage and garbage-free use. */
@Timeout(60)
class ValuesTest {
    private static final int HEADER = 12;

    private final Marshaller marshaller = Marshaller.open(getClass().getClassLoader());
    private final ValueWriter writer = new ValueWriter(marshaller, 1 << 20);
    private final ValueReader reader = new ValueReader(marshaller);

    @Test
    void primitivesArriveInOrder() {
        writer.reset(HEADER);
        putPrimitives(writer);
        reader.wrap(writer.buffer(), HEADER, writer.length() - HEADER);
        assertTrue(reader.getBoolean());
        assertEquals((byte) -2, reader.getByte());
        assertEquals(Short.MIN_VALUE, reader.getShort());
        assertEquals('\uffff', reader.getChar());
        assertEquals(Integer.MIN_VALUE, reader.getInt());
        assertEquals(Long.MIN_VALUE, reader.getLong());
        assertEquals(Float.MIN_VALUE, reader.getFloat());
        assertEquals(-0.0, reader.getDouble());
        assertEquals(0, reader.remaining());
    }

    private static void putPrimitives(ValueWriter writer) {
        writer.putBoolean(true);
        writer.putByte((byte) -2);
        writer.putShort(Short.MIN_VALUE);
        writer.putChar('\uffff');
        writer.putInt(Integer.MIN_VALUE);
        writer.putLong(Long.MIN_VALUE);
        writer.putFloat(Float.MIN_VALUE);
        writer.putDouble(-0.0);
    }

    @Test
    void theBytesAreThose() {
        writer.reset(0);
        writer.putInt(0x01020304);
        writer.putString("a\u00ff");
        writer.putString("\u20ac");
        writer.putString(null);
        writer.putShorts(new short[] {1, -1});
        byte[] expected = {
            4, 3, 2, 1, 2, 0, 0, 0, 'a', -1, -3, -1, -1, -1, (byte) 0xac, 0x20, -1, -1, -1, -1, 2, 0, 0, 0, 1, 0, -1, -1
        };
        byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        assertArrayEquals(expected, bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "caf\u00e9 \u00ff", "\u0100", "\ud83d\ude00", "\ud800", "x\udc00\ud800y", "\u0000"})
    void stringsSurviveWhateverTheyHold(String text) {
        for (String each : List.of(text, text.repeat(3_000))) {
            writer.reset(0);
            writer.putString(each);
            writer.putString(null);
            reader.wrap(writer.buffer(), 0, writer.length());
            assertEquals(each, reader.getString());
            assertNull(reader.getString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 5_000})
    void arraysArrive(int length) {
        boolean[] booleans = new boolean[length];
        byte[] bytes = new byte[length];
        short[] shorts = new short[length];
        char[] chars = new char[length];
        int[] ints = new int[length];
        long[] longs = new long[length];
        float[] floats = new float[length];
        double[] doubles = new double[length];
        for (int i = 0; i < length; i++) {
            booleans[i] = i % 3 == 0;
            bytes[i] = (byte) i;
            shorts[i] = (short) -i;
            chars[i] = (char) (i * 31);
            ints[i] = -i * 100_003;
            longs[i] = i * 1_000_000_007L;
            floats[i] = 1f / i;
            doubles[i] = Math.sqrt(-i);
        }
        writer.reset(3);
        writer.putBooleans(booleans);
        writer.putBytes(bytes);
        writer.putShorts(shorts);
        writer.putChars(chars);
        writer.putInts(ints);
        writer.putLongs(longs);
        writer.putFloats(floats);
        writer.putDoubles(doubles);
        reader.wrap(Trip.bytesOf(writer), 3, writer.length() - 3);
        assertArrayEquals(booleans, reader.getBooleans());
        assertArrayEquals(bytes, reader.getBytes());
        assertArrayEquals(shorts, reader.getShorts());
        assertArrayEquals(chars, reader.getChars());
        assertArrayEquals(ints, reader.getInts());
        assertArrayEquals(longs, reader.getLongs());
        assertArrayEquals(floats, reader.getFloats());
        assertArrayEquals(doubles, reader.getDoubles());
        assertEquals(0, reader.remaining());
    }

    @Test
    void nullArraysArriveAsNull() {
        writer.reset(0);
        writer.putBooleans(null);
        writer.putBytes(null);
        writer.putShorts(null);
        writer.putChars(null);
        writer.putInts(null);
        writer.putLongs(null);
        writer.putFloats(null);
        writer.putDoubles(null);
        reader.wrap(writer.buffer(), 0, writer.length());
        assertNull(reader.getBooleans());
        assertNull(reader.getBytes());
        assertNull(reader.getShorts());
        assertNull(reader.getChars());
        assertNull(reader.getInts());
        assertNull(reader.getLongs());
        assertNull(reader.getFloats());
        assertNull(reader.getDoubles());
    }

    @Test
    void readingPastTheEndIsAnErrorThatSaysHowFar() {
        writer.reset(0);
        writer.putInt(1);
        reader.wrap(writer.buffer(), 0, 3);
        SerializationException e = assertThrows(SerializationException.class, reader::getInt);
        assertTrue(e.getMessage().contains("4 bytes") && e.getMessage().contains("3 left"), e.getMessage());
        assertEquals(3, reader.remaining());
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1_000_000, -3, -2, 1, 1 << 28, Integer.MAX_VALUE})
    void aLengthThatTheMessageCantHoldClaimsNoMemory(int length) {
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[4]);
        bytes.putInt(0, length);
        List<Runnable> reads = List.of(
                reader::getBooleans,
                reader::getBytes,
                reader::getShorts,
                reader::getChars,
                reader::getInts,
                reader::getLongs,
                reader::getFloats,
                reader::getDoubles,
                reader::getObject);
        for (Runnable read : reads) {
            reader.wrap(bytes, 0, 4);
            assertThrows(SerializationException.class, read::run);
        }
        reader.wrap(bytes, 0, 4);
        if (length == -2) {
            assertEquals("", reader.getString());
        } else {
            assertThrows(SerializationException.class, reader::getString);
        }
    }

    @Test
    void aBooleanInTheHeapIsZeroOrOne() {
        UnsafeBuffer bytes = new UnsafeBuffer(new byte[] {1, 0, 0, 0, 2});
        reader.wrap(bytes, 0, 5);
        boolean[] values = reader.getBooleans();
        assertTrue(values[0] & true);
        assertEquals(1, Boolean.compare(values[0], false));
    }

    @Test
    void whatIsTooLargeIsRefusedWithBothSizes() {
        ValueWriter small = new ValueWriter(marshaller, 100);
        small.reset(HEADER);
        small.putBytes(new byte[96]);
        PayloadTooLargeException e = assertThrows(PayloadTooLargeException.class, () -> small.putByte((byte) 1));
        assertEquals(101, e.bytes());
        assertEquals(100, e.maxBytes());
        List<Runnable> puts = List.of(
                () -> small.putLongs(new long[1 << 20]),
                () -> small.putString("x".repeat(97)),
                () -> small.putString("\u20ac".repeat(49)),
                () -> small.putObject("x".repeat(200)),
                () -> small.putObject(new int[1000]));
        for (Runnable put : puts) {
            small.reset(HEADER);
            PayloadTooLargeException tooLarge = assertThrows(PayloadTooLargeException.class, put::run);
            assertTrue(tooLarge.bytes() > tooLarge.maxBytes(), tooLarge.getMessage());
            assertTrue(tooLarge.maxBytes() <= 100, tooLarge.getMessage());
        }
        small.reset(HEADER);
        small.putObject("fits");
        reader.wrap(small.buffer(), HEADER, small.length() - HEADER);
        assertEquals("fits", reader.getObject());
    }

    @Test
    void growthKeepsTheHeaderAndWhatWasPut() {
        DirectBuffer buffer = writer.buffer();
        writer.reset(8);
        writer.buffer().putLong(0, 42);
        writer.putString("before");
        writer.putBytes(new byte[100_000]);
        assertSame(buffer, writer.buffer());
        assertEquals(42, writer.buffer().getLong(0));
        reader.wrap(writer.buffer(), 8, writer.length() - 8);
        assertEquals("before", reader.getString());
    }

    @Test
    void trimGivesBackWhatOneLargeMessageNeeded() {
        ValueWriter large = new ValueWriter(marshaller, 1 << 26);
        large.reset(0);
        large.putBytes(new byte[1 << 22]);
        large.trim();
        assertTrue(large.buffer().capacity() <= 1 << 20);
        large.reset(4);
        large.putInt(5);
        assertEquals(5, large.buffer().getInt(4));
    }

    @Test
    void primitivesAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                writer.reset(HEADER);
                putPrimitives(writer);
                reader.wrap(writer.buffer(), HEADER, writer.length() - HEADER);
                reader.getBoolean();
                reader.getByte();
                reader.getShort();
                reader.getChar();
                reader.getInt();
                reader.getLong();
                reader.getFloat();
                reader.getDouble();
                writer.putString("a string");
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}

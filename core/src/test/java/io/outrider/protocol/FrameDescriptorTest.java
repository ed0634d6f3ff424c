package io.outrider.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of every type of frame, as they cross. */
class FrameDescriptorTest {
    private static final int OFFSET = 8;

    private final byte[] bytes = new byte[64];
    private final UnsafeBuffer frame = new UnsafeBuffer(bytes);

    @BeforeEach
    void dirty() {
        frame.setMemory(0, bytes.length, (byte) 0xEE);
    }

    private String hex(int length) {
        return HexFormat.of().formatHex(bytes, OFFSET, OFFSET + length);
    }

    @Test
    void call() {
        FrameDescriptor.putCall(frame, OFFSET, (short) 0, 0x01020304, 0x1112131415161718L, 0x2122232425262728L);
        assertEquals("01" + "01" + "0000" + "04030201" + "1817161514131211" + "2827262524232221", hex(24));
        assertEquals(24, FrameDescriptor.CALL_HEADER);
        assertTrue(FrameDescriptor.isCall(frame, OFFSET, 24));
        assertFalse(FrameDescriptor.isOutcome(frame, OFFSET, 24));
        assertEquals(FrameDescriptor.CALL, FrameDescriptor.type(frame, OFFSET));
        assertEquals(0x01020304, FrameDescriptor.method(FrameDescriptor.head(frame, OFFSET)));
        assertEquals(0x1112131415161718L, FrameDescriptor.correlationId(frame, OFFSET));
        assertEquals(0x2122232425262728L, FrameDescriptor.objectId(frame, OFFSET));
        assertFalse(FrameDescriptor.isInArena(frame, OFFSET));
        assertEquals((byte) 0xEE, bytes[OFFSET + 24], "nothing is written behind it");
        assertEquals((byte) 0xEE, bytes[OFFSET - 1], "nothing is written before it");
    }

    @Test
    void callInTheArena() {
        FrameDescriptor.putCall(frame, OFFSET, FrameDescriptor.IN_ARENA, 1, 2, 3);
        FrameDescriptor.putArenaReference(frame, OFFSET + 24, 0x0A0B0C0D0E0F1011L, 0x00345678);
        assertEquals(
                "01" + "01" + "0100" + "01000000" + "0200000000000000" + "0300000000000000" + "11100f0e0d0c0b0a"
                        + "78563400",
                hex(36));
        assertEquals(12, FrameDescriptor.ARENA_REFERENCE);
        assertTrue(FrameDescriptor.isInArena(frame, OFFSET));
        assertTrue(FrameDescriptor.isCall(frame, OFFSET, 36));
        assertFalse(FrameDescriptor.isCall(frame, OFFSET, 35), "without the whole reference it is no call");
        assertEquals(0x0A0B0C0D0E0F1011L, FrameDescriptor.arenaHandle(frame, OFFSET + 24));
        assertEquals(0x00345678, FrameDescriptor.arenaLength(frame, OFFSET + 24));
    }

    @Test
    void callWithADeadline() {
        FrameDescriptor.putCall(frame, OFFSET, FrameDescriptor.DEADLINE, 1, 2, 3);
        FrameDescriptor.putRemaining(frame, OFFSET, 0x0102030405060708L);
        assertEquals(
                "01" + "01" + "0200" + "01000000" + "0200000000000000" + "0300000000000000" + "0807060504030201",
                hex(32));
        assertEquals(32, FrameDescriptor.DEADLINE_HEADER);
        assertEquals(32, FrameDescriptor.callHeader(FrameDescriptor.head(frame, OFFSET)));
        assertTrue(FrameDescriptor.hasDeadline(FrameDescriptor.head(frame, OFFSET)));
        assertEquals(0x0102030405060708L, FrameDescriptor.remainingNs(frame, OFFSET));
        assertTrue(FrameDescriptor.isCall(frame, OFFSET, 32));
        assertFalse(FrameDescriptor.isCall(frame, OFFSET, 31), "without the whole deadline it is no call");
        short both = FrameDescriptor.DEADLINE | FrameDescriptor.IN_ARENA;
        FrameDescriptor.putCall(frame, OFFSET, both, 1, 2, 3);
        assertTrue(FrameDescriptor.isCall(frame, OFFSET, 44));
        assertFalse(FrameDescriptor.isCall(frame, OFFSET, 43));
    }

    @Test
    void cancel() {
        FrameDescriptor.putCancel(frame, OFFSET, true, 0x1112131415161718L);
        assertEquals("05" + "01" + "0400" + "00000000" + "1817161514131211", hex(16));
        assertEquals(16, FrameDescriptor.CANCEL_LENGTH);
        assertTrue(FrameDescriptor.isCancel(FrameDescriptor.head(frame, OFFSET), 16));
        assertFalse(FrameDescriptor.isCancel(FrameDescriptor.head(frame, OFFSET), 15));
        assertTrue(FrameDescriptor.interrupts(FrameDescriptor.head(frame, OFFSET)));
        FrameDescriptor.putCancel(frame, OFFSET, false, 1);
        assertFalse(FrameDescriptor.interrupts(FrameDescriptor.head(frame, OFFSET)));
        assertFalse(FrameDescriptor.isCall(frame, OFFSET, 24));
        assertFalse(FrameDescriptor.isOutcome(frame, OFFSET, 16));
    }

    @Test
    void outcomes() {
        byte[] types = {FrameDescriptor.VALUE, FrameDescriptor.THREW, FrameDescriptor.REFUSED};
        for (byte type : types) {
            FrameDescriptor.putOutcome(frame, OFFSET, type, (short) 0, 0x1112131415161718L);
            assertEquals("0" + type + "01" + "0000" + "00000000" + "1817161514131211", hex(16));
            assertTrue(FrameDescriptor.isOutcome(frame, OFFSET, 16));
            assertFalse(FrameDescriptor.isOutcome(frame, OFFSET, 15));
            assertFalse(FrameDescriptor.isCall(frame, OFFSET, 24));
        }
        assertEquals(16, FrameDescriptor.OUTCOME_HEADER);
        assertEquals(2, FrameDescriptor.VALUE);
        assertEquals(3, FrameDescriptor.THREW);
        assertEquals(4, FrameDescriptor.REFUSED);
        FrameDescriptor.putOutcome(frame, OFFSET, FrameDescriptor.VALUE, FrameDescriptor.IN_ARENA, 1);
        assertFalse(FrameDescriptor.isOutcome(frame, OFFSET, 27));
        assertTrue(FrameDescriptor.isOutcome(frame, OFFSET, 28));
    }

    @Test
    void streams() {
        long stream = 0x9112131415161718L;
        FrameDescriptor.putItems(frame, OFFSET, (short) 0, 0x01020304, stream);
        assertEquals("06" + "01" + "0000" + "04030201" + "1817161514131291", hex(16));
        assertTrue(FrameDescriptor.isStream(frame, OFFSET, 16));
        assertFalse(FrameDescriptor.isStream(frame, OFFSET, 15));
        assertFalse(FrameDescriptor.isOutcome(frame, OFFSET, 16));
        assertEquals(0x01020304, FrameDescriptor.items(frame, OFFSET));
        FrameDescriptor.putCredit(frame, OFFSET, 5, 0x2122232425262728L, stream);
        assertEquals("07" + "01" + "0000" + "05000000" + "1817161514131291" + "2827262524232221", hex(24));
        assertTrue(FrameDescriptor.isStream(frame, OFFSET, 24));
        assertFalse(FrameDescriptor.isStream(frame, OFFSET, 23));
        assertEquals(0x2122232425262728L, FrameDescriptor.creditBytes(frame, OFFSET));
        assertEquals(24, FrameDescriptor.CREDIT_LENGTH);
        FrameDescriptor.putItems(frame, OFFSET, FrameDescriptor.IN_ARENA, 1, stream);
        assertFalse(FrameDescriptor.isStream(frame, OFFSET, 27));
        assertTrue(FrameDescriptor.isStream(frame, OFFSET, 28));
        FrameDescriptor.putOutcome(frame, OFFSET, FrameDescriptor.VALUE, (short) 0, 1);
        assertFalse(FrameDescriptor.isStream(frame, OFFSET, 16), "the outcome of a call");
    }

    @Test
    void otherVersionsAndTypesAreNoFrames() {
        FrameDescriptor.putCall(frame, OFFSET, (short) 0, 1, 2, 3);
        assertFalse(FrameDescriptor.isCall(frame, OFFSET, 23));
        frame.putByte(OFFSET + 1, (byte) 2);
        assertFalse(FrameDescriptor.isCall(frame, OFFSET, 24));
        FrameDescriptor.putOutcome(frame, OFFSET, FrameDescriptor.VALUE, (short) 0, 1);
        for (byte type : new byte[] {0, 1, 5, -1}) {
            frame.putByte(OFFSET, type);
            assertFalse(FrameDescriptor.isOutcome(frame, OFFSET, 16), "type " + type);
        }
    }
}

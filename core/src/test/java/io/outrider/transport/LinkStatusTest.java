package io.outrider.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bytes that both processes must agree on: a change here is a new version of the layout. */
@Timeout(10)
final class LinkStatusTest {
    private final byte[] bytes = new byte[LinkStatus.LENGTH];
    private final LinkStatus status = new LinkStatus(new UnsafeBuffer(bytes));

    @Test
    void wordsAreWhereThePictureSays() {
        assertFalse(status.isReady());
        status.initialize();
        assertTrue(status.isReady());
        assertEquals("5254554f01000000", at(0));

        status.park(Side.WORKER);
        assertEquals("0100000000000000", at(128));
        assertTrue(status.takeParked(Side.WORKER));
        assertEquals("0000000000000000", at(128));
        status.park(Side.CLIENT);
        assertEquals("0100000000000000", at(256));

        status.heartbeat(Side.CLIENT, 0x0102_0304_0506_0708L);
        assertEquals("0807060504030201", at(384));
        status.heartbeat(Side.WORKER, 1);
        assertEquals("0100000000000000", at(512));

        status.oldestCycle(Side.WORKER, 2);
        assertEquals("0200000000000000", at(640));
        status.oldestCycle(Side.CLIENT, 3);
        assertEquals("0300000000000000", at(768));
    }

    @Test
    void memoryThatIsTooSmallIsRefused() {
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> new LinkStatus(new UnsafeBuffer(new byte[LinkStatus.LENGTH - 1])));
    }

    private String at(final int offset) {
        return HexFormat.of().formatHex(bytes, offset, offset + Long.BYTES);
    }
}

package io.outrider.ipc.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.engine.FrameSender;
import io.outrider.engine.Waker;
import io.outrider.ipc.queue.QueueTransport;
import io.outrider.ipc.ring.RingTransport;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Link;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What could as well go by the lane goes through the arena where the lane takes new memory for it, and never takes it all. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ArenaShareTest {
    private static final int LANE = 1 << 20;
    private static final int ARENA = 1 << 22;
    private static final int LONG_FRAME = 4096;

    @Test
    void onAQueueLongFramesSuitTheArenaUntilAQuarterOfItsBytesIsOnLoan() throws Exception {
        tryQuarter(ARENA / 8, 2);
    }

    @Test
    void onAQueueLongFramesSuitTheArenaUntilAQuarterOfItsBlocksIsOnLoan() throws Exception {
        tryQuarter(1, 256);
    }

    private static void tryQuarter(int bytesEach, int quarter) throws Exception {
        try (TestLink files = TestLink.create(new QueueTransport(), LANE, LANE / 8, ARENA);
                Link link = files.open(Side.WORKER)) {
            FrameSender sender = senderOf(link);
            BufferArena arena = link.arena();
            Deque<Long> loaned = new ArrayDeque<>();
            for (int i = 0; i < quarter; i++) {
                assertTrue(sender.suitsArena(LONG_FRAME), i + " blocks are on loan");
                ArenaBlock block = new ArenaBlock();
                assertEquals(BufferArena.OK, arena.tryLoan(bytesEach, block));
                loaned.add(block.handle());
            }
            assertFalse(sender.suitsArena(LONG_FRAME), "the rest is for what the lane can't carry");
            assertEquals(BufferArena.OK, arena.release(loaned.remove()));
            assertTrue(sender.suitsArena(LONG_FRAME));
            loaned.forEach(arena::release);
        }
    }

    @Test
    void shortFramesDoNotAndNoneOfARing() throws Exception {
        assertFalse(suits(new QueueTransport(), 512));
        assertFalse(suits(new RingTransport(), LONG_FRAME));
    }

    private static boolean suits(TransportProvider transport, int length) throws Exception {
        try (TestLink files = TestLink.create(transport, LANE, LANE / 8, ARENA);
                Link link = files.open(Side.WORKER)) {
            return senderOf(link).suitsArena(length);
        }
    }

    private static FrameSender senderOf(Link link) {
        return new FrameSender(link, new Waker(link.status(), Side.CLIENT, () -> {}));
    }
}

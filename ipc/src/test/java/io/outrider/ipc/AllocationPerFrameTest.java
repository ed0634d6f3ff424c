package io.outrider.ipc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedHandler;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.api.feed.FeedWriter;
import io.outrider.config.WaitStrategy;
import io.outrider.ipc.feed.MappedFeeds;
import io.outrider.ipc.queue.QueueTransport;
import io.outrider.ipc.ring.RingTransport;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Claim;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import io.outrider.transport.Subscription;
import io.outrider.transport.TransportProvider;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The hot path makes no garbage: as bytes, which don't depend on the machine. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class AllocationPerFrameTest {
    private static final int LANE = 16 * 1024 * 1024;
    private static final int FRAMES = 4_000;
    /** On a busy machine the compiler is late, and code that it hasn't seen yet makes garbage that compiled code doesn't. */
    private static final int MOST_ROUNDS = 40;
    /** What the measurement itself may add to the whole of a round: garbage per frame would be 16 times as much. */
    private static final long SLACK_BYTES = 4096;

    private static final FrameHandler SINK = (buffer, offset, length) -> buffer.getLong(offset);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void ringFramesMakeNoGarbage() {
        assertNoGarbage(new RingTransport());
    }

    /** All rounds together fit into one cycle: rolling does make garbage, once per cycle. */
    @Test
    void queueFramesMakeNoGarbage() {
        assertNoGarbage(new QueueTransport());
    }

    @Test
    void blocksMakeNoGarbage() {
        try (TestLink files = TestLink.create(new RingTransport(), LANE, LANE / 8, LANE);
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final ArenaBlock loaned = new ArenaBlock();
            final ArenaBlock opened = new ArenaBlock();
            assertNoGarbage("block", () -> {
                requireOk(client.arena().tryLoan(5000, loaned));
                requireOk(worker.arena().open(loaned.handle(), 5000, opened));
                requireOk(worker.arena().release(opened));
            });
        }
    }

    @Test
    void framesOfAFeedMakeNoGarbage() {
        final FeedOptions options = FeedOptions.DEFAULT.frames(4);
        try (Feed feed = MappedFeeds.create("frugal", TestLink.newDirectory(), options, WaitStrategy.ADAPTIVE);
                FeedWriter writer = feed.writer();
                FeedSubscription all = feed.subscribe(FeedPolicy.BLOCK);
                FeedSubscription some = feed.subscribe(FeedPolicy.DROP_OLDEST);
                FeedSubscription latest = feed.subscribe(FeedPolicy.LATEST)) {
            final FeedHandler sink = (sequence, frame) -> frame.getLong(0);
            assertNoGarbage("frame of a feed", () -> {
                writer.claim(64).putLong(0, 42);
                writer.commit();
                if (all.poll(sink, 1) != 1) {
                    throw new AssertionError("the frame is not there");
                }
                if (writer.nextSequence() % 16 == 0 && some.poll(sink, 1) + latest.poll(sink, 1) != 2) {
                    throw new AssertionError("no frame is there");
                }
            });
        }
    }

    private void assertNoGarbage(final TransportProvider provider) {
        try (TestLink files = TestLink.create(provider, LANE, LANE / 8, LANE);
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Publication out = client.publication();
            final Subscription in = worker.subscription();
            final Claim claim = new Claim();
            assertNoGarbage(provider.name() + " frame", () -> {
                requireOk(out.tryClaim(64, claim));
                claim.buffer().putLong(claim.offset(), 42);
                claim.commit();
                if (in.poll(SINK, 1) != 1) {
                    throw new AssertionError("the frame is not there");
                }
            });
        }
    }

    private void assertNoGarbage(final String what, final Runnable step) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && bytes > SLACK_BYTES; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < FRAMES; i++) {
                step.run();
            }
            // Garbage per frame would be in every round, that of warming up and of class loading is not.
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        final long allocated = bytes;
        assertTrue(allocated <= SLACK_BYTES, () -> FRAMES + " times a " + what + " allocated " + allocated + " bytes");
    }

    private static void requireOk(final int result) {
        if (result != BufferArena.OK) {
            throw new AssertionError("result " + result);
        }
    }
}

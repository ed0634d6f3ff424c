package io.outrider.testkit;

import static io.outrider.transport.Publication.BACK_PRESSURED;
import static io.outrider.transport.Publication.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every transport must do when the other process dies or freezes; the other process is real and ends by SIGKILL. A
 * transport's tests extend it and name the provider, which must be on the class path as a service.
 */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
public abstract class LinkDeathConformance {
    private static final int LANE = 64 * 1024;
    private static final int MAX_FRAME = LANE / 8;
    private static final int ARENA = 1024 * 1024;
    private static final int REFUSALS_OF_A_FULL_LANE = 200_000;

    private final Await await = new Await(Duration.ofSeconds(100));

    /** For the transport's tests. */
    protected LinkDeathConformance() {}

    /**
     * The transport under test.
     *
     * @return its provider
     */
    protected abstract TransportProvider provider();

    @Test
    void writerIsHeldBackOnceItsReaderWasKilled() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                JavaProcess reader = LinkPeer.start(files, LinkPeer.Role.READ, Long.MAX_VALUE)) {
            reader.awaitLine("ready", await);
            final Frames sent = new Frames(1, MAX_FRAME);
            while (sent.total() < 10_000) {
                sent.trySend(client.publication(), 0, 100);
                await.check("10,000 frames to a living reader, which said " + reader.output());
            }
            reader.kill();
            fillUp(client.publication(), sent);
            assertEquals(BACK_PRESSURED, sent.trySend(client.publication(), 0, 100));
        }
    }

    @Test
    void readerGetsAllThatAKilledWriterCommittedAndThenNothing() {
        try (TestLink files = newLink();
                Link worker = files.open(Side.WORKER);
                JavaProcess writer = LinkPeer.start(files, LinkPeer.Role.WRITE, 0)) {
            writer.awaitLine("ready", await);
            final Frames received = new Frames(1, MAX_FRAME);
            while (received.total() < 20_000) {
                worker.subscription().poll(received, Integer.MAX_VALUE);
                await.check("20,000 frames from a living writer, which said " + writer.output());
            }
            writer.kill();
            drain(worker, received);
        }
    }

    @Test
    void claimThatDiedWithItsWriterIsNeverSeen() {
        try (TestLink files = newLink();
                Link worker = files.open(Side.WORKER);
                JavaProcess writer = LinkPeer.start(files, LinkPeer.Role.WRITE_THEN_HOLD_A_CLAIM, 100)) {
            writer.awaitLine("claimed", await);
            writer.kill();
            final Frames received = new Frames(1, MAX_FRAME);
            drain(worker, received);
            assertEquals(100, received.total());
        }
    }

    @Test
    void frozenReaderGetsEverythingWhenItGoesOn() {
        final long count = 20_000;
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                JavaProcess reader = LinkPeer.start(files, LinkPeer.Role.READ, count)) {
            reader.awaitLine("ready", await);
            final Frames sent = new Frames(1, MAX_FRAME);
            send(client.publication(), sent, 100);
            Signals.stop(reader.pid());
            try {
                fillUp(client.publication(), sent);
                assertTrue(sent.total() < count, () -> "the lane holds all of " + sent.total());
            } finally {
                Signals.resume(reader.pid());
            }
            send(client.publication(), sent, count);
            reader.awaitLine("done", await);
        }
    }

    private TestLink newLink() {
        return TestLink.create(provider(), LANE, MAX_FRAME, ARENA);
    }

    private void send(final Publication lane, final Frames sent, final long total) {
        while (sent.total() < total) {
            if (sent.trySend(lane, 0, 100) != OK) {
                await.check(total + " frames; there were " + sent.total());
                Await.giveWay();
            }
        }
    }

    private void fillUp(final Publication lane, final Frames sent) {
        int refused = 0;
        while (refused < REFUSALS_OF_A_FULL_LANE) {
            await.check("a full lane");
            final int result = sent.trySend(lane, 0, 100);
            assertTrue(result == OK || result == BACK_PRESSURED, () -> "result " + result);
            refused = result == OK ? 0 : refused + 1;
        }
    }

    /** Until nothing more is there; the writer is dead, so that nothing more can come. */
    private void drain(final Link reader, final Frames received) {
        int empty = 0;
        while (empty < 3) {
            empty = reader.subscription().poll(received, Integer.MAX_VALUE) == 0 ? empty + 1 : 0;
            await.check("the end of the lane");
        }
    }
}

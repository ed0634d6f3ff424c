package io.outrider.testkit;

import static io.outrider.transport.Publication.BACK_PRESSURED;
import static io.outrider.transport.Publication.BAD_LENGTH;
import static io.outrider.transport.Publication.CLOSED;
import static io.outrider.transport.Publication.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.transport.Claim;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import io.outrider.transport.Subscription;
import io.outrider.transport.TransportProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every transport must do between two open sides in one process; {@link LinkDeathConformance} has what takes two. A
 * transport's tests extend it and name the provider.
 */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
public abstract class LinkConformance {
    private static final int LANE = 64 * 1024;
    private static final int MAX_FRAME = LANE / 8;
    private static final int ARENA = 1024 * 1024;
    private static final FrameHandler NOTHING = (buffer, offset, length) -> {
        throw new AssertionError("a frame of " + length + " bytes out of nowhere");
    };

    private final Await await = new Await(Duration.ofSeconds(100));

    /** For the transport's tests. */
    protected LinkConformance() {}

    /**
     * The transport under test.
     *
     * @return its provider
     */
    protected abstract TransportProvider provider();

    /**
     * A declared capability: whether a reading side that is closed and opened again goes on where it was. If not, it begins
     * with the oldest frame that the lane still holds.
     *
     * @return true if it goes on
     */
    protected abstract boolean readerResumes();

    @Test
    void framesArriveInTheOrderOfTheirClaimsInBothDirections() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            for (final Link[] direction : new Link[][] {{client, worker}, {worker, client}}) {
                final Frames sent = new Frames(1, MAX_FRAME);
                final Frames received = new Frames(1, MAX_FRAME);
                for (int i = 0; i < 100; i++) {
                    assertEquals(OK, sent.trySend(direction[0].publication(), 0, Frames.MIN_LENGTH + i));
                }
                receive(direction[1].subscription(), received, 100);
            }
        }
    }

    @Test
    void pollDeliversNoMoreThanItsLimit() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Frames sent = new Frames(1, MAX_FRAME);
            for (int i = 0; i < 5; i++) {
                sent.trySend(client.publication(), 0, 64);
            }
            final Frames received = new Frames(1, MAX_FRAME);
            assertEquals(2, worker.subscription().poll(received, 2));
            assertEquals(3, worker.subscription().poll(received, 10));
            assertEquals(0, worker.subscription().poll(NOTHING, 10));
        }
    }

    @Test
    void fullLaneHoldsWritersBackUntilItIsDrained() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Frames sent = new Frames(1, MAX_FRAME);
            final Frames received = new Frames(1, MAX_FRAME);
            for (int round = 0; round < 3; round++) {
                fillUp(client.publication(), sent, 1000);
                assertTrue(sent.total() - received.total() >= LANE / 2 / 1000, () -> "only " + sent.total());
                receive(worker.subscription(), received, sent.total());
                await.until("room after draining", () -> sent.trySend(client.publication(), 0, 1000) == OK);
            }
            receive(worker.subscription(), received, sent.total());
        }
    }

    @Test
    void abortedFramesAreNeverSeenAndTheirNeighboursStayInOrder() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final long seed = new Random().nextLong();
            final Random random = new Random(seed);
            final Frames sent = new Frames(1, MAX_FRAME);
            final Frames received = new Frames(1, MAX_FRAME);
            final Claim claim = new Claim();
            for (int i = 0; i < 2000; i++) {
                final int length = Frames.MIN_LENGTH + random.nextInt(500);
                if (random.nextBoolean()) {
                    if (client.publication().tryClaim(length, claim) == OK) {
                        claim.buffer().setMemory(claim.offset(), length, (byte) 0xff);
                        claim.abort();
                    }
                } else {
                    sent.trySend(client.publication(), 0, length);
                }
                if (random.nextInt(10) == 0) {
                    receive(worker.subscription(), received, sent.total());
                }
            }
            receive(worker.subscription(), received, sent.total());
            assertEquals(sent.total(), received.total(), "seed " + seed);
        }
    }

    @Test
    void framesOfAllSizesSurviveManyTimesTheCapacity() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Frames sent = new Frames(1, MAX_FRAME);
            final Frames received = new Frames(1, MAX_FRAME);
            long bytes = 0;
            while (bytes < 40L * LANE) {
                await.check("40 times the capacity, seed " + seed);
                final int largest = random.nextInt(20) == 0 ? MAX_FRAME : 700;
                final int length = Frames.MIN_LENGTH + random.nextInt(largest - Frames.MIN_LENGTH + 1);
                if (sent.trySend(client.publication(), 0, length) == OK) {
                    bytes += length;
                } else {
                    worker.subscription().poll(received, 1 + random.nextInt(50));
                }
            }
            receive(worker.subscription(), received, sent.total());
        } catch (final AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void exactlyTheMaximumLengthFitsAndNothingElseThatIsOutOfRange() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Publication lane = client.publication();
            final Claim claim = new Claim();
            assertEquals(MAX_FRAME, lane.maxFrameLength());
            for (final int length : new int[] {MAX_FRAME + 1, Integer.MAX_VALUE, 0, -1, Integer.MIN_VALUE}) {
                assertEquals(BAD_LENGTH, lane.tryClaim(length, claim), () -> "length " + length);
            }
            final Frames sent = new Frames(1, MAX_FRAME);
            final Frames received = new Frames(1, MAX_FRAME);
            for (int i = 1; i <= 50; i++) {
                await.until("room", () -> sent.trySend(lane, 0, MAX_FRAME) == OK);
                receive(worker.subscription(), received, i);
            }
        }
    }

    @Test
    void shortFramesKeepTheirExactLength() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Claim claim = new Claim();
            final List<Integer> lengths = new ArrayList<>();
            for (int length = 1; length < 40; length++) {
                final byte[] content = new byte[length];
                content[length - 1] = (byte) length;
                assertEquals(OK, client.publication().offer(new UnsafeBuffer(content), 0, length, claim));
            }
            worker.subscription()
                    .poll(
                            (buffer, offset, length) -> {
                                assertEquals(length, buffer.getByte(offset + length - 1));
                                lengths.add(length);
                            },
                            100);
            assertEquals(39, lengths.size());
        }
    }

    @Test
    void frameIsInvisibleUntilItIsCommitted() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Claim claim = new Claim();
            assertEquals(OK, client.publication().tryClaim(8, claim));
            assertEquals(0, worker.subscription().poll(NOTHING, 10));
            claim.buffer().putLong(claim.offset(), 42);
            assertEquals(0, worker.subscription().poll(NOTHING, 10));
            claim.commit();
            assertEquals(1, worker.subscription().poll((b, offset, length) -> assertEquals(42, b.getLong(offset)), 10));
        }
    }

    @Test
    void manyProducersLoseNothingAndKeepTheirOwnOrder() {
        final int producers = 4;
        final int each = 20_000;
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                final int producer = i;
                final CompletableFuture<Void> future = new CompletableFuture<>();
                done.add(future);
                new Thread(() -> produce(client.publication(), producers, producer, each, future), "producer-" + i)
                        .start();
            }
            final Frames received = new Frames(producers, MAX_FRAME);
            receive(worker.subscription(), received, (long) producers * each);
            done.forEach(CompletableFuture::join);
            assertEquals(0, worker.subscription().poll(NOTHING, 10));
        }
    }

    @Test
    void writerThatIsOpenedAgainGoesOnBehindWhatWasCommitted() {
        try (TestLink files = newLink();
                Link worker = files.open(Side.WORKER)) {
            final Frames sent = new Frames(1, MAX_FRAME);
            final Frames received = new Frames(1, MAX_FRAME);
            for (int round = 1; round <= 3; round++) {
                try (Link client = files.open(Side.CLIENT)) {
                    for (int i = 0; i < 10; i++) {
                        assertEquals(OK, sent.trySend(client.publication(), 0, 100));
                    }
                }
                receive(worker.subscription(), received, round * 10L);
            }
        }
    }

    @Test
    void readerThatIsOpenedAgainFindsWhatItHasNotRead() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT)) {
            final Frames sent = new Frames(1, MAX_FRAME);
            for (int i = 0; i < 20; i++) {
                assertEquals(OK, sent.trySend(client.publication(), 0, 100));
            }
            final Frames first = new Frames(1, MAX_FRAME);
            try (Link worker = files.open(Side.WORKER)) {
                worker.subscription().poll(first, 5);
                assertEquals(5, first.total());
            }
            try (Link worker = files.open(Side.WORKER)) {
                receive(worker.subscription(), readerResumes() ? first : new Frames(1, MAX_FRAME), 20);
            }
        }
    }

    @Test
    void closedSideAnswersSoAndCloseMayBeRepeated() {
        try (TestLink files = newLink()) {
            final Link client = files.open(Side.CLIENT);
            client.close();
            assertEquals(CLOSED, client.publication().tryClaim(8, new Claim()));
            assertEquals(Subscription.CLOSED, client.subscription().poll(NOTHING, 1));
            client.close();
        }
    }

    @Test
    void flagsAndHeartbeatsReachTheOtherSide() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            worker.status().park(Side.WORKER);
            assertTrue(client.status().takeParked(Side.WORKER));
            assertFalse(client.status().takeParked(Side.WORKER));
            worker.status().heartbeat(Side.WORKER, 4711);
            assertEquals(4711, client.status().heartbeat(Side.WORKER));
        }
    }

    @Test
    void everyFileIsForItsUserAlone() throws IOException {
        try (TestLink files = newLink()) {
            files.open(Side.CLIENT);
            files.open(Side.WORKER);
            try (Stream<Path> tree = Files.walk(files.spec().directory())) {
                for (final Path path : tree.toList()) {
                    assertEquals(
                            Files.isDirectory(path) ? "rwx------" : "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                            path::toString);
                }
            }
        }
    }

    private TestLink newLink() {
        return TestLink.create(provider(), LANE, MAX_FRAME, ARENA);
    }

    private void produce(
            final Publication lane,
            final int producers,
            final int producer,
            final int count,
            final CompletableFuture<Void> done) {
        try {
            final Frames sent = new Frames(producers, MAX_FRAME);
            while (sent.total() < count) {
                if (sent.trySend(lane, producer, Frames.MIN_LENGTH + (int) (sent.total() % 50)) != OK) {
                    await.check("room for producer " + producer);
                    Await.giveWay();
                }
            }
            done.complete(null);
        } catch (final Throwable t) {
            done.completeExceptionally(t);
        }
    }

    /** Until the lane stays full: a queue is full for a moment, too, while its next cycle is made. */
    private void fillUp(final Publication lane, final Frames sent, final int length) {
        int refused = 0;
        while (refused < 100_000) {
            await.check("a full lane");
            final int result = sent.trySend(lane, 0, length);
            assertTrue(result == OK || result == BACK_PRESSURED, () -> "result " + result);
            refused = result == OK ? 0 : refused + 1;
        }
    }

    private void receive(final Subscription lane, final Frames received, final long total) {
        while (received.total() < total) {
            if (lane.poll(received, Integer.MAX_VALUE) == 0) {
                await.check(total + " frames; there were " + received.total());
                Await.giveWay();
            }
        }
        assertEquals(total, received.total());
    }
}

package io.outrider.ipc.queue;

import static io.outrider.transport.Publication.BACK_PRESSURED;
import static io.outrider.transport.Publication.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.testkit.Await;
import io.outrider.testkit.Frames;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.Claim;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
final class QueueRollTest {
    private static final int LANE = 64 * 1024;
    private static final int MAX_FRAME = LANE / 8;

    private final Await await = new Await(Duration.ofSeconds(100));

    @Test
    void laneOfManyCyclesKeepsFewFilesAndLosesNothing() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final CycleFiles lane = new CycleFiles(files.spec().directory().resolve("call"), files.spec());
            final Frames sent = new Frames(1, MAX_FRAME);
            final Frames received = new Frames(1, MAX_FRAME);
            int mostFiles = 0;
            for (long bytes = 0; bytes < 100L * LANE; ) {
                final int length = Frames.MIN_LENGTH + random.nextInt(3000);
                if (sent.trySend(client.publication(), 0, length) == OK) {
                    bytes += length;
                } else {
                    worker.subscription().poll(received, random.nextInt(100) + 1);
                    await.check("100 lanes full of frames, seed " + seed);
                }
                if (sent.total() % 16 == 0) {
                    mostFiles = Math.max(mostFiles, cycleFiles(lane).size());
                }
            }
            while (received.total() < sent.total()) {
                worker.subscription().poll(received, Integer.MAX_VALUE);
                await.check("the last frames, seed " + seed);
            }
            assertTrue(mostFiles <= QueuePublication.MAX_CYCLES + 1, "files: " + mostFiles);
            await.until("deletion of what was read", () -> cycleFiles(lane).size() <= 2);
        } catch (final AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void nothingIsWrittenBehindTheMemoryThatWasTaken() throws Exception {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT)) {
            final CycleFiles lane = new CycleFiles(files.spec().directory().resolve("call"), files.spec());
            final Frames sent = new Frames(1, MAX_FRAME);
            int refused = 0;
            while (refused < 100_000) {
                // The shortest and the longest frames: most index entries, and the furthest that a cycle can reach.
                final int length = sent.total() % 600 == 599 ? MAX_FRAME : Frames.MIN_LENGTH;
                final int result = sent.trySend(client.publication(), 0, length);
                assertTrue(result == OK || result == BACK_PRESSURED);
                refused = result == OK ? 0 : refused + 1;
                await.check("a full lane");
            }
            final List<File> cycles = cycleFiles(lane);
            assertEquals(QueuePublication.MAX_CYCLES + 1, cycles.size());
            for (final File cycle : cycles) {
                assertEquals(lane.takenBytes(), allocatedBytes(cycle), cycle::getName);
            }
        }
    }

    @Test
    void smallestFramesInALargeCycleFindRoomForTheirIndex() throws Exception {
        final int lane = 8 * 1024 * 1024;
        try (TestLink files = TestLink.create(new QueueTransport(), lane, lane / 8, lane);
                Link client = files.open(Side.CLIENT)) {
            final Claim claim = new Claim();
            final CycleFiles cycles = new CycleFiles(files.spec().directory().resolve("call"), files.spec());
            while (!cycles.cycle(CycleFiles.FIRST_CYCLE + 1).toFile().exists()) {
                if (client.publication().tryClaim(1, claim) == OK) {
                    claim.commit();
                }
                await.check("the second cycle");
            }
            assertEquals(
                    cycles.takenBytes(),
                    allocatedBytes(cycles.cycle(CycleFiles.FIRST_CYCLE).toFile()));
        }
    }

    @Test
    void namesAreThoseOfTheQueue() {
        final LinkSpec spec = new LinkSpec(QueueTransport.NAME, TestLink.newDirectory(), LANE, MAX_FRAME, LANE);
        final CycleFiles files = new CycleFiles(spec.directory(), spec);
        assertEquals("19700101-01F.cq4", files.cycle(1).getFileName().toString());
        assertEquals("19700102-02F.precreated", files.spare(26).getFileName().toString());
    }

    private static TestLink newLink() {
        return TestLink.create(new QueueTransport(), LANE, MAX_FRAME, 1024 * 1024);
    }

    private static List<File> cycleFiles(final CycleFiles lane) {
        final File[] found = lane.directory().toFile().listFiles((directory, name) -> !name.startsWith("metadata"));
        return found == null ? List.of() : List.of(found);
    }

    private static long allocatedBytes(final File file) throws Exception {
        final Process stat = new ProcessBuilder("stat", "-c", "%b", file.getPath()).start();
        final String blocks = new String(stat.getInputStream().readAllBytes()).trim();
        stat.waitFor();
        return Long.parseLong(blocks) * 512;
    }
}

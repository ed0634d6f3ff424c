package io.outrider.ipc;

import static io.outrider.transport.Publication.BACK_PRESSURED;
import static io.outrider.transport.Publication.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.feed.FeedOptions;
import io.outrider.config.WaitStrategy;
import io.outrider.error.StorageException;
import io.outrider.ipc.feed.MappedFeeds;
import io.outrider.ipc.queue.QueueTransport;
import io.outrider.ipc.ring.RingTransport;
import io.outrider.testkit.Await;
import io.outrider.testkit.Frames;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A full file system is an error or back pressure, never a fault in memory that was promised. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
final class FullFileSystemTest {
    private static final int LANE = 64 * 1024;
    private static final int MEGABYTE = 1024 * 1024;

    private final Await await = new Await(Duration.ofSeconds(100));

    @Test
    void linkThatDoesNotFitIsNotBegun() throws Exception {
        try (SmallFileSystem small = SmallFileSystem.mount(MEGABYTE)) {
            for (final TransportProvider provider : List.of(new RingTransport(), new QueueTransport())) {
                final LinkSpec spec = spec(provider, small.root().resolve("link"), MEGABYTE);
                final StorageException refusal =
                        assertThrows(StorageException.class, () -> provider.create(spec), provider::name);
                assertTrue(
                        refusal.getMessage().contains(Long.toString(provider.requiredBytes(spec)))
                                && refusal.getMessage()
                                        .contains(spec.directory().toString()),
                        refusal::getMessage);
                assertFalse(Files.exists(spec.directory()), provider::name);
            }
        }
    }

    @Test
    void queueHoldsItsWriterBackUntilThereIsRoomForTheNextCycle() throws Exception {
        final TransportProvider provider = new QueueTransport();
        try (SmallFileSystem small = SmallFileSystem.mount(4 * MEGABYTE)) {
            final LinkSpec spec = spec(provider, small.root().resolve("link"), LANE);
            provider.create(spec);
            try (Link client = provider.open(spec, Side.CLIENT);
                    Link worker = provider.open(spec, Side.WORKER)) {
                final Path ballast = small.fillUpTo(0);
                final Frames sent = new Frames(1, LANE / 8);
                final Frames received = new Frames(1, LANE / 8);
                int refused = 0;
                while (refused < 100_000) {
                    final int result = sent.trySend(client.publication(), 0, 1000);
                    assertTrue(result == OK || result == BACK_PRESSURED, () -> "result " + result);
                    refused = result == OK ? 0 : refused + 1;
                    await.check("a lane that can't grow");
                }
                assertTrue(sent.total() >= LANE / 2 / 1000, () -> "frames " + sent.total());
                Files.delete(ballast);
                final long before = sent.total();
                await.until("room for more", () -> {
                    sent.trySend(client.publication(), 0, 1000);
                    return sent.total() > before + 10;
                });
                await.until("all frames", () -> {
                    worker.subscription().poll(received, Integer.MAX_VALUE);
                    return received.total() == sent.total();
                });
            }
        }
    }

    @Test
    void arenaRefusesWhatHasNoMemoryAndLoansWhatHas() throws Exception {
        final TransportProvider provider = new RingTransport();
        try (SmallFileSystem small = SmallFileSystem.mount(4 * MEGABYTE)) {
            final LinkSpec spec = spec(provider, small.root().resolve("link"), LANE);
            provider.create(spec);
            try (Link client = provider.open(spec, Side.CLIENT)) {
                final ArenaBlock block = new ArenaBlock();
                assertEquals(BufferArena.OK, client.arena().tryLoan(MEGABYTE, block));
                block.buffer().setMemory(0, MEGABYTE, (byte) 1);
                final Path ballast = small.fillUpTo(MEGABYTE / 2);
                final ArenaBlock second = new ArenaBlock();
                final StorageException refusal = assertThrows(
                        StorageException.class, () -> client.arena().tryLoan(MEGABYTE, second));
                assertTrue(refusal.getMessage().contains(Integer.toString(MEGABYTE)), refusal::getMessage);
                assertEquals(BufferArena.OK, client.arena().release(block));
                assertEquals(BufferArena.OK, client.arena().tryLoan(MEGABYTE, block), "memory taken before");
                Files.delete(ballast);
                assertEquals(BufferArena.OK, client.arena().tryLoan(MEGABYTE, second));
                second.buffer().setMemory(0, MEGABYTE, (byte) 2);
            }
        }
    }

    @Test
    void feedThatDoesNotFitIsNotMade() throws Exception {
        try (SmallFileSystem small = SmallFileSystem.mount(MEGABYTE)) {
            final Path file = small.root().resolve("feed");
            final StorageException refusal = assertThrows(
                    StorageException.class,
                    () -> MappedFeeds.create("large", file, FeedOptions.DEFAULT, WaitStrategy.ADAPTIVE));
            assertTrue(refusal.getMessage().contains(small.root().toString()), refusal::getMessage);
            assertFalse(Files.exists(file));
        }
    }

    private static LinkSpec spec(final TransportProvider provider, final Path directory, final int laneBytes) {
        return new LinkSpec(provider.name(), directory, laneBytes, LANE / 8, 16 * MEGABYTE);
    }
}

package io.outrider.launcher.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.api.feed.FeedWriter;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.StorageException;
import io.outrider.launcher.feeds.FeedReader.Reading;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.FeedChecker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Feeds between processes: written in one, read in place in others. */
@Timeout(60)
class FeedTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final FeedOptions SMALL =
            FeedOptions.DEFAULT.frameBytes(4096).frames(16).blockTimeout(LIMIT);
    private static final int FRAMES = 20_000;
    private static final int BYTES = 512;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(3);
    }

    private RemoteObject<FeedReader> reader(int worker, Feed feed, FeedPolicy policy) {
        RemoteObject<FeedReader> reader = workers()
                .create(
                        FeedReader.class,
                        FeedReader.Real::new,
                        ObjectOptions.DEFAULT.on(worker).concurrent(2));
        reader.stub().subscribe(feed, policy);
        return reader;
    }

    @Test
    void launcherWritesAndWorkersOfEachPolicyRead() throws Exception {
        List<CompletableFuture<Reading>> readings = new ArrayList<>();
        try (Feed feed = workers().feed("one to three", SMALL)) {
            for (FeedPolicy policy : FeedPolicy.values()) {
                readings.add(reader(policy.ordinal(), feed, policy).async(FeedReader::readToEnd));
            }
            try (FeedWriter writer = feed.writer()) {
                assertEquals(3, writer.subscribers());
                for (int i = 0; i < FRAMES; i++) {
                    FeedChecker.fill(writer.claim(BYTES), i);
                    assertEquals(i, writer.commit());
                }
            }
            for (CompletableFuture<Reading> each : readings) {
                Reading reading = Threads.get(each, LIMIT);
                assertEquals("ended", reading.end());
                assertEquals(FRAMES, reading.count() + reading.lost());
                assertEquals(FRAMES - 1, reading.last());
            }
            assertEquals(FRAMES, readings.get(FeedPolicy.BLOCK.ordinal()).get().count());
        }
    }

    @Test
    void workerWritesAndTheLauncherAndAnotherWorkerRead() throws Exception {
        try (Feed feed = workers().feed("from a worker", SMALL);
                RemoteObject<FeedSource> source =
                        workers().create(FeedSource.class, FeedSource.Real::new, ObjectOptions.DEFAULT.on(0));
                FeedReader here = new FeedReader.Real()) {
            here.subscribe(feed, FeedPolicy.BLOCK);
            CompletableFuture<Reading> there = reader(1, feed, FeedPolicy.BLOCK).async(FeedReader::readToEnd);
            source.stub().open(feed);
            CompletableFuture<Object> written = source.async(writer -> {
                writer.write(FRAMES, BYTES);
                return null;
            });
            written.whenComplete((nothing, failure) -> source.stub().close());
            assertEquals(new Reading(FRAMES, 0, FRAMES - 1, "ended"), here.readToEnd());
            assertEquals(new Reading(FRAMES, 0, FRAMES - 1, "ended"), Threads.get(there, LIMIT));
        }
    }

    @Test
    void aFrameAllocatesNothingOnEitherSide() throws Exception {
        int rounds = 24; // on a busy machine the compiler is late
        int frames = 4_000;
        try (Feed feed = workers().feed("frugal", SMALL);
                FeedWriter writer = feed.writer();
                RemoteObject<FeedReader> reader = reader(0, feed, FeedPolicy.BLOCK)) {
            CompletableFuture<Long> there = reader.async(r -> r.allocatedBytes(rounds, frames));
            long least = Long.MAX_VALUE;
            for (int round = 0; round < rounds; round++) {
                long before = AllocatedBytes.ofCurrentThread();
                for (int i = 0; i < frames; i++) {
                    FeedChecker.fill(writer.claim(BYTES), writer.nextSequence());
                    writer.commit();
                }
                least = Math.min(least, AllocatedBytes.ofCurrentThread() - before);
            }
            long allocatedHere = least;
            long allocatedThere = Threads.get(there, LIMIT);
            assertTrue(allocatedHere < frames, () -> "in the writer: " + allocatedHere);
            assertTrue(allocatedThere < frames, () -> "in the reader: " + allocatedThere);
        }
    }

    @Test
    void itsFileIsPrivateAndGoesWithTheFeed() throws Exception {
        Feed feed = workers().feed("private", SMALL);
        Path file = Path.of(feed.location());
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(file.getParent()));
        feed.close();
        assertFalse(Files.exists(file));
    }

    @Test
    void aNameIsTakenForAsLongAsItsFeedIsOpen() {
        Feed feed = workers().feed("camera", SMALL);
        ConfigurationException taken =
                assertThrows(ConfigurationException.class, () -> workers().feed("camera", SMALL));
        assertTrue(taken.getMessage().contains("camera"), taken::getMessage);
        feed.close();
        workers().feed("camera", SMALL).close();
    }

    @Test
    void aFeedThatDoesNotFitIsAClearError() throws Exception {
        long free = Path.of("/dev/shm").toFile().getUsableSpace();
        FeedOptions large = FeedOptions.DEFAULT.frames(2).maxSubscribers(1);
        int frameBytes = (int) (FeedOptions.MAX_BYTES / 4 / 128 * 128);
        List<Feed> made = new ArrayList<>();
        if (free < 4 * FeedOptions.MAX_BYTES) { // elsewhere this would take too much to try
            StorageException full = assertThrows(StorageException.class, () -> {
                for (int i = 0; i < 4; i++) {
                    made.add(workers().feed("large " + i, large.frameBytes(frameBytes)));
                }
            });
            assertTrue(full.getMessage().contains("bytes of shared memory are needed"), full::getMessage);
        }
        made.forEach(Feed::close);
        assertThrows(ConfigurationException.class, () -> large.frameBytes(frameBytes + 1));
    }

    @Test
    void anUnknownFeedIsAClearErrorInTheWorkerToo() {
        Feed unknown = new Feed("nobody's", "/dev/shm/outrider-nothing");
        RemoteCallException failure =
                assertThrows(RemoteCallException.class, () -> reader(0, unknown, FeedPolicy.BLOCK));
        assertTrue(failure.getCause() instanceof ClosedException, failure::toString);
        assertTrue(failure.getMessage().contains("nobody's"), failure::getMessage);
    }

    @Test
    void closingTheExecutorEndsItsFeeds() throws Exception {
        RemoteExecutor own = open(settings().strictTypes(Reading.class));
        Feed feed = own.feed("short-lived", SMALL);
        try (FeedWriter writer = feed.writer();
                FeedSubscription here = feed.subscribe(FeedPolicy.LATEST)) {
            RemoteObject<FeedReader> reader =
                    own.create(FeedReader.class, FeedReader.Real.class, ObjectOptions.DEFAULT.concurrent(2));
            reader.stub()
                    .subscribe(feed, FeedPolicy.DROP_OLDEST); // which is built in, so that strict types let it pass
            FeedChecker.fill(writer.claim(BYTES), 0);
            writer.commit();
            CompletableFuture<Long> there = reader.async(r -> {
                r.readToEnd();
                return 0L;
            });
            own.close();
            assertThrows(ClosedException.class, () -> writer.claim(BYTES));
            assertEquals(1, here.forEach(FeedChecker::check));
            assertEquals(FeedSubscription.ENDED, here.poll(FeedChecker::check, 1));
            assertThrows(ClosedException.class, () -> feed.subscribe(FeedPolicy.BLOCK));
            assertThrows(ClosedException.class, () -> own.feed("late", SMALL));
            assertTrue(there.isDone());
        }
    }
}

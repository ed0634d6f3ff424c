package io.outrider.launcher.feeds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedWriter;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.feeds.FeedReader.Reading;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.FeedChecker;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribers that are killed or stopped, and a writer that is killed: the others go on, and nothing is lost in silence. */
@Timeout(60)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@ExtendWith(LeavesNothingBehind.class)
class FeedFaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final int SLACK_MS = 5_000;
    private static final int BYTES = 1024;
    private static final int BYSTANDER = 3;
    private static final FeedOptions SMALL =
            FeedOptions.DEFAULT.frameBytes(BYTES).frames(16).blockTimeout(PATIENCE);

    @Parameter
    private String transport;

    private final Await await = new Await(LIMIT);
    private RemoteExecutor workers;

    @BeforeEach
    void start() {
        workers = SmallWorkers.open(SmallWorkers.on(transport).workers(4));
    }

    @AfterEach
    void end() {
        workers.close();
    }

    private RemoteObject<FeedReader> reader(int worker, Feed feed, FeedPolicy policy) {
        RemoteObject<FeedReader> reader = workers.create(
                FeedReader.class,
                FeedReader.Real::new,
                ObjectOptions.DEFAULT.on(worker).concurrent(2));
        reader.stub().subscribe(feed, policy);
        return reader;
    }

    /** Writes without pause on a thread of its own, and knows the longest time between two frames since it was last asked. */
    private final class Source implements AutoCloseable {
        private final FeedWriter writer;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong longestNs = new AtomicLong();
        private final Threads threads = new Threads();

        Source(Feed feed) {
            writer = feed.writer();
            threads.start(() -> {
                long last = System.nanoTime();
                while (!stop.get()) {
                    FeedChecker.fill(writer.claim(BYTES), writer.nextSequence());
                    count.set(writer.commit() + 1);
                    long now = System.nanoTime();
                    longestNs.accumulateAndGet(now - last, Math::max);
                    last = now;
                }
            });
        }

        void goesOn() {
            long before = count.get();
            await.until("frames after " + before, () -> count.get() > before + 1000);
        }

        long longestMs() {
            return TimeUnit.NANOSECONDS.toMillis(longestNs.getAndSet(0));
        }

        @Override
        public void close() throws Exception {
            stop.set(true);
            try (threads) {
                threads.join(LIMIT);
            }
            writer.close();
        }
    }

    @Test
    void killedSubscribersHoldNobodyUp() throws Exception {
        try (Feed feed = workers.feed("killed", SMALL.blockTimeout(LIMIT));
                Source source = new Source(feed)) {
            CompletableFuture<Reading> bystander =
                    reader(BYSTANDER, feed, FeedPolicy.BLOCK).async(FeedReader::readToEnd);
            Map<FeedPolicy, RemoteObject<FeedReader>> victims = new EnumMap<>(FeedPolicy.class);
            Map<FeedPolicy, CompletableFuture<Object>> holding = new EnumMap<>(FeedPolicy.class);
            for (FeedPolicy policy : List.of(FeedPolicy.LATEST, FeedPolicy.DROP_OLDEST, FeedPolicy.BLOCK)) {
                RemoteObject<FeedReader> victim = reader(policy.ordinal(), feed, policy);
                victims.put(policy, victim);
                holding.put(policy, victim.async(each -> {
                    each.holdOne(60_000);
                    return null;
                }));
                await.until("a frame", () -> victim.stub().count() == 1);
            }
            for (FeedPolicy policy : FeedPolicy.values()) {
                RemoteObject<FeedReader> victim = victims.get(policy);
                if (policy != FeedPolicy.BLOCK) {
                    source.goesOn();
                }
                Signals.kill(victim.stub().pid());
                assertThrows(WorkerDiedException.class, () -> Threads.get(holding.get(policy), LIMIT));
                long killedNs = System.nanoTime();
                source.goesOn();
                long afterMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
                System.out.println(transport + ": a killed " + policy + " subscriber: the writer goes on after "
                        + afterMs + " ms");
                assertTrue(afterMs < 5_000, () -> policy + ": the writer goes on after " + afterMs + " ms");
            }
            await.until("only the bystander", () -> source.writer.subscribers() == 1);
            assertEquals(0, source.writer.dropped());
            source.close();
            Reading all = Threads.get(bystander, LIMIT);
            assertEquals("ended", all.end());
            assertEquals(source.count.get() - 1, all.last());
            assertEquals(0, all.lost());
        }
    }

    @Test
    void stoppedSubscribersHoldTheWriterUpForAsLongAsTheirPolicySays() throws Exception {
        List<CompletableFuture<Reading>> readings = new ArrayList<>();
        List<RemoteObject<FeedReader>> readers = new ArrayList<>();
        try (Feed feed = workers.feed("stopped", SMALL);
                Source source = new Source(feed)) {
            for (FeedPolicy policy : FeedPolicy.values()) {
                readers.add(reader(policy.ordinal(), feed, policy));
            }
            readers.add(reader(BYSTANDER, feed, FeedPolicy.DROP_OLDEST));
            readers.forEach(each -> readings.add(each.async(FeedReader::readToEnd)));
            for (FeedPolicy policy : List.of(FeedPolicy.BLOCK, FeedPolicy.DROP_OLDEST, FeedPolicy.LATEST)) {
                RemoteObject<FeedReader> victim = readers.get(policy.ordinal());
                await.until("frames", () -> victim.stub().count() > 10);
                long pid = victim.stub().pid();
                source.longestMs();
                Signals.stop(pid);
                source.goesOn();
                long held = source.longestMs();
                System.out.println(
                        transport + ": a stopped " + policy + " subscriber held the writer up for " + held + " ms");
                assertEquals(1, source.writer.dropped(), "the one that blocks, and no other");
                if (policy == FeedPolicy.BLOCK) {
                    long patience = PATIENCE.toMillis();
                    assertTrue(held >= patience && held < patience + SLACK_MS, () -> held + " ms");
                }
                Signals.resume(pid);
            }
            source.goesOn();
            source.close();
            Reading told = Threads.get(readings.get(FeedPolicy.BLOCK.ordinal()), LIMIT);
            assertTrue(told.end().contains("was dropped at frame " + (told.last() + 1)), told::end);
            assertTrue(told.end().contains(PATIENCE.toMillis() + " ms"), told::end);
            assertEquals(0, told.lost());
            for (CompletableFuture<Reading> each : readings.subList(1, readings.size())) {
                Reading reading = Threads.get(each, LIMIT);
                assertEquals("ended", reading.end());
                assertEquals(source.count.get() - 1, reading.last());
                assertTrue(reading.lost() > 0 || each == readings.get(BYSTANDER), "it was stopped for long");
            }
        }
        whoMayLoseFramesHoldsTheWriterUpForNoTimeAtAll();
    }

    private void whoMayLoseFramesHoldsTheWriterUpForNoTimeAtAll() throws Exception {
        int count = 20_000;
        try (Feed feed = workers.feed("never waits", SMALL.blockTimeout(Duration.ofHours(1)))) {
            List<RemoteObject<FeedReader>> readers =
                    List.of(reader(0, feed, FeedPolicy.DROP_OLDEST), reader(1, feed, FeedPolicy.LATEST));
            List<CompletableFuture<Reading>> readings = readers.stream()
                    .map(each -> each.async(FeedReader::readToEnd))
                    .toList();
            List<Long> pids = readers.stream().map(each -> each.stub().pid()).toList();
            pids.forEach(Signals::stop);
            try (FeedWriter writer = feed.writer()) {
                for (int i = 0; i < count; i++) { // for whom it waited at all, it would wait for an hour
                    FeedChecker.fill(writer.claim(BYTES), i);
                    writer.commit();
                }
                assertEquals(0, writer.dropped());
                assertEquals(2, writer.subscribers());
            } finally {
                pids.forEach(Signals::resume);
            }
            for (CompletableFuture<Reading> each : readings) {
                Reading reading = Threads.get(each, LIMIT);
                assertEquals("ended", reading.end());
                assertEquals(count, reading.count() + reading.lost());
                assertTrue(reading.lost() > count / 2, reading::toString);
            }
        }
    }

    @Test
    void killedWriterIsToldAfterWhatItCommitted() throws Exception {
        try (Feed feed = workers.feed("its writer killed", SMALL.blockTimeout(LIMIT))) {
            List<CompletableFuture<Reading>> readings = new ArrayList<>();
            List<RemoteObject<FeedReader>> readers = new ArrayList<>();
            for (FeedPolicy policy : FeedPolicy.values()) {
                readers.add(reader(1 + policy.ordinal(), feed, policy));
            }
            readers.forEach(each -> readings.add(each.async(FeedReader::readToEnd)));
            RemoteObject<FeedSource> source =
                    workers.create(FeedSource.class, FeedSource.Real::new, ObjectOptions.DEFAULT.on(0));
            source.stub().open(feed);
            long pid = source.stub().pid();
            source.stub().write(100, BYTES);
            CompletableFuture<Object> writing = source.async(writer -> {
                writer.write(Long.MAX_VALUE, BYTES);
                return null;
            });
            await.until("many frames", () -> readers.get(0).stub().count() > 1000);
            Signals.kill(pid);
            assertThrows(WorkerDiedException.class, () -> Threads.get(writing, LIMIT));
            Reading all = Threads.get(readings.get(FeedPolicy.BLOCK.ordinal()), LIMIT);
            assertEquals(all.count(), all.last() + 1);
            for (CompletableFuture<Reading> each : readings) {
                Reading reading = Threads.get(each, LIMIT);
                assertTrue(
                        reading.end().contains("ClosedException")
                                && reading.end().contains("process " + pid + ", died"),
                        reading::end);
                assertEquals(reading.last() + 1, reading.count() + reading.lost());
                assertTrue(all.last() - reading.last() <= 1, () -> reading + " where another got " + all);
            }
        }
    }
}

package io.outrider.launcher.streams;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ClosedException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.streams.Numbers.Point;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a generator in a worker yields arrives: in order, whole, in every form, and only as far ahead as it may. */
@Timeout(60)
class StreamsTest extends OnBothTransports {
    private static final int WINDOW = 16;
    /** Within which the generator of a stream that was closed is cleaned up, and its thread gone. */
    private static final Duration STOPPED = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String NO_NULL = "the generator yielded null, and a stream carries no null";
    private static final String READ_ALREADY = "is read already: a stream can be read once, in one way";

    private RemoteObject<Numbers> object;
    private Numbers numbers;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.streamWindow(WINDOW).workers(2);
    }

    @BeforeEach
    void make() {
        object = workers().create(Numbers.class, Numbers.Generator::new, ObjectOptions.DEFAULT.on(0));
        numbers = object.stub();
    }

    @AfterEach
    void letGo() {
        object.close();
    }

    private static void until(BooleanSupplier condition) {
        new Await(STOPPED).until("what was waited for", condition);
    }

    @Test
    void everyFormArrivesWholeAndInOrder() {
        List<Integer> iterated = new ArrayList<>();
        numbers.iterator(1000).forEachRemaining(iterated::add);
        assertEquals(IntStream.range(0, 1000).boxed().toList(), iterated);
        try (Stream<String> strings = numbers.strings(100)) {
            assertEquals(IntStream.range(0, 100).mapToObj(i -> "value " + i).toList(), strings.toList());
        }
        List<Point> points = new ArrayList<>();
        numbers.points(100).forEachRemaining(points::add);
        assertEquals(new Point(99, 49.5, 99_000_000L, "p99"), points.get(99));
        assertEquals(100, points.size());
        assertEquals(4_999_950_000L, numbers.longs(100_000).sum());
        PrimitiveIterator.OfLong longs = numbers.longIterator(5);
        assertEquals(0, longs.nextLong());
        assertEquals(1, longs.next());
        assertArrayEquals(new int[] {0, 1, 2, 3}, numbers.ints(4).intStream().toArray());
        assertEquals(List.of(0.0, 0.25, 0.5), numbers.doubles(3).boxed().toList());
        assertEquals(4950, numbers.ints(100).stream().mapToInt(i -> i).sum());
        assertFalse(numbers.iterator(0).hasNext());
    }

    @Test
    void valuesOfAnyTypeAndSizeArrive() {
        List<Object> values = List.of(1, "two", List.of(3, 4), new Point(5, 6, 7, "8"));
        List<Object> arrived = new ArrayList<>();
        numbers.anything(values).forEachRemaining(arrived::add);
        assertEquals(values, arrived);
        for (int bytes : new int[] {0, 1, 5_000, 200_000, 1_000_000}) { // the last two go through the arena
            Iterator<byte[]> blocks = numbers.blocks(20, bytes);
            for (int i = 0; i < 20; i++) {
                byte[] block = blocks.next();
                assertEquals(bytes, block.length);
                assertTrue(bytes == 0 || block[0] == i && block[bytes - 1] == i);
            }
            assertFalse(blocks.hasNext());
        }
    }

    @Test
    void eachValueIsAsItWasWhenItWasYielded() {
        Iterator<List<Integer>> lists = numbers.growing(50);
        for (int i = 1; i <= 50; i++) {
            assertEquals(i, lists.next().size());
        }
    }

    @Test
    void theGeneratorIsAtMostAWindowAhead() {
        try (RemoteStream.OfLong stream = numbers.counted(100_000)) {
            for (int i = 0; i < 5; i++) {
                assertEquals(i, stream.nextLong());
            }
            new Await(LIMIT).until("the window is full", () -> numbers.produced() >= WINDOW);
            for (int i = 0; i < 100; i++) {
                assertTrue(numbers.produced() <= 22, "produced " + numbers.produced());
            }
            for (int i = 5; i < 1000; i++) {
                assertEquals(i, stream.nextLong());
            }
            assertTrue(numbers.produced() <= 1000 + WINDOW + 1);
        }
        until(() -> numbers.cleanedUp() == 1);
    }

    @Test
    void afterTheEndThereIsNothingForEver() {
        RemoteStream<Integer> stream = numbers.failing(3);
        assertEquals(0, stream.next());
        assertEquals(1, stream.next());
        assertEquals(2, stream.next());
        RemoteCallException failure = assertThrows(RemoteCallException.class, stream::hasNext);
        assertTrue(failure.getMessage().contains("no value 3"), failure.getMessage());
        assertEquals(1, numbers.cleanedUp(), "cleaned up before the error arrives");
        for (int i = 0; i < 3; i++) {
            assertFalse(stream.hasNext());
            assertThrows(NoSuchElementException.class, stream::next);
        }
        RemoteStream.OfInt ended = numbers.ints(1);
        assertEquals(0, ended.nextInt());
        assertFalse(ended.hasNext());
        assertFalse(ended.hasNext());
        assertThrows(NoSuchElementException.class, ended::nextInt);
    }

    @Test
    void anErrorAtCreationArrivesOnTheFirstRead() {
        RemoteStream<Integer> stream = numbers.failingAtCreation();
        RemoteCallException failure = assertThrows(RemoteCallException.class, stream::next);
        assertTrue(failure.getMessage().contains("not made"), failure.getMessage());
        assertFalse(stream.hasNext());
    }

    @Test
    void badGeneratorsFailClearlyAndTheLinkGoesOn() {
        RemoteCallException none =
                assertThrows(RemoteCallException.class, () -> numbers.none().hasNext());
        assertTrue(none.getMessage().contains("Numbers.none() returned null"), none.getMessage());
        RemoteStream<Integer> stream = numbers.withNull(2);
        assertEquals(1, stream.next());
        assertEquals(1, stream.next());
        RemoteCallException nothing = assertThrows(RemoteCallException.class, stream::next);
        assertTrue(nothing.getMessage().contains("null"), nothing.getMessage());
        assertFalse(stream.hasNext());
        Iterator<Integer> plain = numbers.iteratorWithNull(1);
        assertEquals(1, plain.next());
        RemoteCallException nothingEither = assertThrows(RemoteCallException.class, plain::next);
        assertTrue(nothingEither.getMessage().contains(NO_NULL), nothingEither.getMessage());
        RemoteStream<Object> unsendable = numbers.unsendable(1);
        assertEquals("fine", unsendable.next());
        SerializationException refused = assertThrows(SerializationException.class, unsendable::next);
        assertTrue(refused.getMessage().contains("Thread"), refused.getMessage());
        RemoteCallException given = assertThrows(
                RemoteCallException.class,
                () -> numbers.sum(Arrays.asList(1, null).iterator()));
        assertTrue(given.getMessage().contains(NO_NULL), given.getMessage());
        assertEquals(5, numbers.plus(2, 3));
    }

    @Test
    void aStreamIsReadOnceAndInOneWay() {
        RemoteStream<Integer> once = numbers.ints(3);
        assertEquals(3, once.stream().count());
        IllegalStateException second = assertThrows(IllegalStateException.class, once::stream);
        String message = second.getMessage();
        assertTrue(message.contains("Numbers.ints") && message.contains(READ_ALREADY), message);
        AtomicReference<Throwable> refused = new AtomicReference<>();
        once.subscribe(new Refused(refused));
        assertTrue(refused.get().getMessage().contains(READ_ALREADY), refused.get()::toString);
        String there =
                numbers.secondReading(RemoteStream.of(IntStream.range(0, 3).boxed()));
        assertTrue(there.contains("parameter 1 of ") && there.contains(READ_ALREADY), there);
        assertEquals(5, numbers.plus(2, 3));
    }

    /** Keeps the error that it is told. */
    private record Refused(AtomicReference<Throwable> error) implements Flow.Subscriber<Integer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(Integer item) {
            throw new AssertionError("nothing was asked for");
        }

        @Override
        public void onError(Throwable thrown) {
            error.set(thrown);
        }

        @Override
        public void onComplete() {
            throw new AssertionError("it was not read");
        }
    }

    @Test
    void closingStopsTheGeneratorAndCleansUp() {
        long threads = numbers.threads();
        RemoteStream.OfLong counted = numbers.counted(Long.MAX_VALUE);
        assertEquals(0, counted.nextLong());
        counted.close();
        assertFalse(counted.hasNext());
        until(() -> numbers.cleanedUp() == 1);
        counted.close();
        try (RemoteStream<Integer> slow = numbers.slow(10, 60_000)) { // stuck in its first value
            assertEquals(0, numbers.interrupted(), slow::toString);
        }
        until(() -> numbers.cleanedUp() == 2);
        try (RemoteStream<Integer> failing = numbers.failingCleanUp(Integer.MAX_VALUE, false)) {
            assertEquals(0, failing.next());
        }
        until(() -> numbers.cleanedUp() == 3);
        until(() -> numbers.threads() <= threads);
        assertEquals(5, numbers.plus(2, 3));
    }

    @Test
    void aCleanUpThatFailsIsReportedAndHarmsNothing() {
        try (RemoteObject<WorkerLog> log =
                workers().create(WorkerLog.class, WorkerLog.Copying::new, ObjectOptions.DEFAULT.on(0))) {
            for (boolean byError : new boolean[] {false, true}) {
                int before = numbers.cleanedUp();
                String cause = (byError ? "java.lang.AssertionError" : "java.io.IOException") + ": the clean-up fails";
                RemoteStream<Integer> stream = numbers.failingCleanUp(3, byError);
                assertEquals(List.of(0, 1, 2), stream.stream().toList(), "read to its end");
                until(() -> count(log.stub().text(), cause) == 1);
                numbers.failingCleanUp(Integer.MAX_VALUE, byError).close();
                until(() -> count(log.stub().text(), cause) == 2);
                assertEquals(before + 2, numbers.cleanedUp());
            }
            String text = log.stub().text();
            assertTrue(text.contains("the clean-up of Numbers.failingCleanUp"), text);
        }
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void callsGoOnBesideManyStreams() {
        List<RemoteStream.OfLong> streams = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            streams.add(numbers.counted(1000));
        }
        for (int value = 0; value < 1000; value++) {
            for (RemoteStream.OfLong stream : streams) {
                assertEquals(value, stream.nextLong());
            }
            assertEquals(value + 1, numbers.plus(value, 1), "a call on the same object, from inside the loop");
        }
        streams.forEach(stream -> assertFalse(stream.hasNext()));
        assertEquals(10, numbers.cleanedUp());
    }

    @Test
    void aCallFromTheLoopMayBringTheNextValue() {
        try (RemoteStream<Long> events = numbers.events()) {
            numbers.event(0);
            for (long i = 0; i < 200; i++) {
                assertEquals(i, events.next());
                numbers.event(i + 1);
                if (i % 3 == 0) { // two at once: the second is not left lying in a frame
                    assertEquals(i + 1, events.next());
                    i++;
                    numbers.event(i + 1);
                }
            }
        }
        until(() -> numbers.cleanedUp() == 1);
    }

    @Test
    void aLoneValueIsSentBeforeTheNextOneIsLookedFor() {
        Semaphore read = new Semaphore(0);
        Iterator<Integer> source = IntStream.iterate(0, i -> i + 1)
                .peek(i -> {
                    if (i > 0) { // there and back again before the next one is looked for
                        acquire(read);
                    }
                })
                .iterator();
        try (RemoteStream<Integer> doubled = (RemoteStream<Integer>) numbers.doubled(source)) {
            for (int i = 0; i < 100; i++) {
                assertEquals(2 * i, doubled.next());
                read.release();
            }
        }
    }

    private static void acquire(Semaphore permits) {
        try {
            if (!permits.tryAcquire(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the value before was not read");
            }
        } catch (InterruptedException closed) {
            throw new IllegalStateException("interrupted", closed);
        }
    }

    @Test
    void aSlowGeneratorHoldsUpNoCall() {
        try (RemoteStream<Integer> slow = numbers.slow(1000, 20)) {
            for (int i = 0; i < 20; i++) {
                assertEquals(i, slow.next());
                assertEquals(i, numbers.plus(i, 0));
            }
        }
    }

    @Test
    void closingTheObjectEndsItsStreams() {
        RemoteObject<Numbers> other = workers().create(Numbers.class, Numbers.Generator::new);
        RemoteStream.OfLong stream = other.stub().counted(Long.MAX_VALUE);
        assertEquals(0, stream.nextLong());
        other.close();
        ClosedException closed = assertThrows(ClosedException.class, () -> {
            while (true) {
                stream.nextLong();
            }
        });
        assertTrue(closed.getMessage().contains("closed before its stream had ended"), closed.getMessage());
        assertFalse(stream.hasNext());
    }

    @Test
    void aWorkerPullsWhatItIsGiven() throws Exception {
        assertEquals(499_500, numbers.sum(IntStream.range(0, 1000).iterator()));
        assertEquals(499_500, numbers.sumOfStream(IntStream.range(0, 1000).boxed()));
        assertEquals(49_995_000, numbers.sumOfLongs(LongStream.range(0, 10_000)));
        assertEquals(
                4950,
                numbers.sumOfPublisher(RemoteStream.of(LongStream.range(0, 100).boxed())));
        assertEquals(
                499_500,
                numbers.sumOfRemote(RemoteStream.of(IntStream.range(0, 1000).boxed())));
        assertEquals(499_500, numbers.sumOfInts(RemoteStream.OfInt.of(IntStream.range(0, 1000))));
        assertEquals(250.5, numbers.sumOfDoubles(RemoteStream.OfDouble.of(DoubleStream.of(0.5, 250))));
        assertEquals(499_500, numbers.sumOfIterated(LongStream.range(0, 1000).iterator()));
        List<Integer> doubled = new ArrayList<>();
        numbers.doubled(IntStream.range(0, 500).iterator()).forEachRemaining(doubled::add);
        assertEquals(IntStream.range(0, 500).map(i -> 2 * i).boxed().toList(), doubled);
        Iterator<Integer> failing = IntStream.range(0, 10)
                .map(i -> {
                    if (i == 5) {
                        throw new IllegalArgumentException("no value 5");
                    }
                    return i;
                })
                .iterator();
        RemoteCallException failure = assertThrows(RemoteCallException.class, () -> numbers.sum(failing));
        assertTrue(failure.getMessage().contains("no value 5"), failure.getMessage());
        assertThrows(NullPointerException.class, () -> numbers.sum(null));
        assertEquals(5, numbers.plus(2, 3));
    }

    @Test
    void anArgumentIsPulledAsFarAsItIsReadAndThenClosed() {
        Taken taken = new Taken();
        assertEquals(0 + 1 + 2, numbers.first(taken, 3));
        until(() -> taken.closed() == 1);
        assertTrue(taken.produced() <= 3 + WINDOW + 1, "produced " + taken.produced());
        Taken ignored = new Taken();
        assertEquals(7, numbers.ignoring(ignored));
        until(() -> ignored.closed() == 1);
        assertEquals(0, ignored.produced());
        Taken left = new Taken();
        RemoteStream<Integer> doubled = (RemoteStream<Integer>) numbers.doubled(left);
        assertEquals(0, doubled.next());
        assertEquals(2, doubled.next());
        doubled.close();
        until(() -> left.closed() == 1);
    }

    @Test
    void mapGivesResultsInOrderOverAllWorkers() {
        Taken endless = new Taken();
        try (RemoteStream<Integer> squares = workers().map(i -> i * i, endless, 8)) {
            for (int i = 0; i < 100; i++) {
                assertEquals(i * i, squares.next());
                assertTrue(endless.produced() <= i + 8, "pulled " + endless.produced());
            }
        }
        assertEquals(1, endless.closed());
        Iterator<Integer> failing = IntStream.range(0, 10)
                .map(i -> {
                    if (i == 3) {
                        throw new IllegalArgumentException("no item 3");
                    }
                    return i;
                })
                .iterator();
        RemoteStream<Integer> results = workers().map(i -> i, failing, 4);
        assertEquals(0, results.next());
        assertEquals(1, results.next());
        assertEquals(2, results.next());
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, results::next);
        assertEquals("no item 3", thrown.getMessage());
        assertFalse(results.hasNext());
        assertEquals(
                2,
                workers()
                        .map(
                                i -> ProcessHandle.current().pid(),
                                IntStream.range(0, 40).boxed().iterator(),
                                8)
                        .stream()
                        .distinct()
                        .count());
        RemoteStream<Integer> broken =
                workers().map(i -> 1 / (i - 1), List.of(0, 1, 2).iterator(), 3);
        assertEquals(-1, broken.next());
        assertThrows(ArithmeticException.class, broken::next);
        assertFalse(broken.hasNext());
    }
}

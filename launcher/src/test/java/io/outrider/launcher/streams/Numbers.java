package io.outrider.launcher.streams;

import io.outrider.api.RemoteStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Generators of every form, and methods that take values over time. */
public interface Numbers {
    /** A record for a stream. */
    record Point(int index, double x, long time, String label) {}

    Iterator<Integer> iterator(int count);

    Stream<String> strings(int count);

    Flow.Publisher<Long> publisher(long count);

    Flow.Publisher<Long> failedPublisher();

    RemoteStream<Point> points(int count);

    LongStream longs(long count);

    PrimitiveIterator.OfLong longIterator(long count);

    RemoteStream.OfInt ints(int count);

    DoubleStream doubles(int count);

    RemoteStream<Object> anything(List<Object> values);

    RemoteStream<byte[]> blocks(int count, int bytes);

    /** The same list again and again, growing. */
    Iterator<List<Integer>> growing(int count);

    /** Counts what was produced and what was cleaned up. */
    RemoteStream.OfLong counted(long count);

    RemoteStream<Long> events();

    void event(long value);

    RemoteStream<Integer> slow(int count, long millis);

    RemoteStream<Integer> failing(int after);

    RemoteStream<Integer> failingAtCreation();

    RemoteStream<Integer> failingCleanUp(int count, boolean byError);

    RemoteStream<Integer> none();

    RemoteStream<Integer> withNull(int before);

    Iterator<Integer> iteratorWithNull(int before);

    RemoteStream<Object> unsendable(int before);

    int produced();

    int cleanedUp();

    int interrupted();

    long sum(Iterator<Integer> values);

    long sumOfStream(Stream<Integer> values);

    long sumOfLongs(LongStream values);

    long sumOfRemote(RemoteStream<Integer> values);

    long sumOfInts(RemoteStream.OfInt values);

    double sumOfDoubles(RemoteStream.OfDouble values);

    long sumOfIterated(PrimitiveIterator.OfLong values);

    /** What is said to who reads them a second time. */
    String secondReading(RemoteStream<Integer> values);

    long sumOfPublisher(Flow.Publisher<Long> values) throws Exception;

    long first(Iterator<Integer> values, int count);

    Iterator<Integer> doubled(Iterator<Integer> values);

    int ignoring(Iterator<Integer> values);

    int plus(int a, int b);

    /** Those of the worker that are at something, or wait for something but work. */
    long threads();

    /** In the worker. */
    final class Generator implements Numbers {
        private final AtomicInteger produced = new AtomicInteger();
        private final AtomicInteger cleanedUp = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();
        private final BlockingQueue<Long> events = new LinkedBlockingQueue<>();

        /** An iterator that can be closed. */
        private abstract class Closing<T> implements Iterator<T>, AutoCloseable {
            @Override
            public void close() throws Exception {
                cleanedUp.incrementAndGet();
            }
        }

        @Override
        public Iterator<Integer> iterator(int count) {
            return IntStream.range(0, count).iterator();
        }

        @Override
        public Stream<String> strings(int count) {
            return IntStream.range(0, count).mapToObj(i -> "value " + i).onClose(cleanedUp::incrementAndGet);
        }

        @Override
        public Flow.Publisher<Long> publisher(long count) {
            return RemoteStream.of(LongStream.range(0, count).boxed());
        }

        @Override
        public Flow.Publisher<Long> failedPublisher() {
            throw new IllegalStateException("no publisher");
        }

        @Override
        public RemoteStream<Point> points(int count) {
            return RemoteStream.of(
                    IntStream.range(0, count).mapToObj(i -> new Point(i, i / 2.0, 1_000_000L * i, "p" + i)));
        }

        @Override
        public LongStream longs(long count) {
            return LongStream.range(0, count);
        }

        @Override
        public PrimitiveIterator.OfLong longIterator(long count) {
            return LongStream.range(0, count).iterator();
        }

        @Override
        public RemoteStream.OfInt ints(int count) {
            return RemoteStream.OfInt.of(IntStream.range(0, count));
        }

        @Override
        public DoubleStream doubles(int count) {
            return IntStream.range(0, count).mapToDouble(i -> i / 4.0);
        }

        @Override
        public RemoteStream<Object> anything(List<Object> values) {
            return RemoteStream.of(values.iterator());
        }

        @Override
        public RemoteStream<byte[]> blocks(int count, int bytes) {
            return RemoteStream.of(IntStream.range(0, count).mapToObj(i -> {
                byte[] block = new byte[bytes];
                Arrays.fill(block, (byte) i);
                return block;
            }));
        }

        @Override
        public Iterator<List<Integer>> growing(int count) {
            List<Integer> list = new ArrayList<>();
            return IntStream.range(0, count)
                    .mapToObj(i -> {
                        list.add(i);
                        return list;
                    })
                    .iterator();
        }

        @Override
        public RemoteStream.OfLong counted(long count) {
            class Counting implements PrimitiveIterator.OfLong, AutoCloseable {
                private long next;

                @Override
                public boolean hasNext() {
                    return next < count;
                }

                @Override
                public long nextLong() {
                    produced.incrementAndGet();
                    return next++;
                }

                @Override
                public void close() {
                    cleanedUp.incrementAndGet();
                }
            }
            return RemoteStream.OfLong.of(new Counting());
        }

        @Override
        public RemoteStream<Long> events() {
            return RemoteStream.of(new Closing<Long>() {
                private Long next;

                @Override
                public boolean hasNext() {
                    try {
                        next = next == null ? events.take() : next;
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw new IllegalStateException(e);
                    }
                    return next >= 0;
                }

                @Override
                public Long next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    Long value = next;
                    next = null;
                    return value;
                }
            });
        }

        @Override
        public void event(long value) {
            events.add(value);
        }

        @Override
        public RemoteStream<Integer> slow(int count, long millis) {
            return RemoteStream.of(IntStream.range(0, count)
                    .mapToObj(i -> {
                        try {
                            Thread.sleep(millis);
                        } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                            throw new IllegalStateException(e);
                        }
                        return i;
                    })
                    .onClose(cleanedUp::incrementAndGet));
        }

        @Override
        public RemoteStream<Integer> failing(int after) {
            return RemoteStream.of(IntStream.range(0, after + 1)
                    .mapToObj(i -> {
                        if (i == after) {
                            throw new IllegalArgumentException("no value " + after);
                        }
                        return i;
                    })
                    .onClose(cleanedUp::incrementAndGet));
        }

        @Override
        public RemoteStream<Integer> failingAtCreation() {
            throw new IllegalStateException("not made");
        }

        @Override
        public RemoteStream<Integer> failingCleanUp(int count, boolean byError) {
            Iterator<Integer> source = IntStream.range(0, count).iterator();
            return RemoteStream.of(new Closing<Integer>() {
                @Override
                public boolean hasNext() {
                    return source.hasNext();
                }

                @Override
                public Integer next() {
                    return source.next();
                }

                @Override
                public void close() throws Exception {
                    super.close();
                    String text = "the clean-up fails";
                    if (byError) {
                        throw new AssertionError(text);
                    }
                    throw new IOException(text);
                }
            });
        }

        @Override
        public RemoteStream<Integer> none() {
            return null;
        }

        @Override
        public RemoteStream<Integer> withNull(int before) {
            List<Integer> values = new ArrayList<>(Collections.nCopies(before, 1));
            values.add(null);
            return RemoteStream.of(values.iterator());
        }

        @Override
        public Iterator<Integer> iteratorWithNull(int before) {
            List<Integer> values = new ArrayList<>(Collections.nCopies(before, 1));
            values.add(null);
            return values.iterator();
        }

        @Override
        public RemoteStream<Object> unsendable(int before) {
            List<Object> values = new ArrayList<>(Collections.nCopies(before, "fine"));
            values.add(new Thread("can't be sent"));
            return RemoteStream.of(values.iterator());
        }

        @Override
        public int produced() {
            return produced.get();
        }

        @Override
        public int cleanedUp() {
            return cleanedUp.get();
        }

        @Override
        public int interrupted() {
            return interrupted.get();
        }

        @Override
        public long sum(Iterator<Integer> values) {
            long sum = 0;
            while (values.hasNext()) {
                sum += values.next();
            }
            return sum;
        }

        @Override
        public long sumOfStream(Stream<Integer> values) {
            return values.mapToLong(Integer::longValue).sum();
        }

        @Override
        public long sumOfLongs(LongStream values) {
            return values.sum();
        }

        @Override
        public long sumOfRemote(RemoteStream<Integer> values) {
            return sum(values);
        }

        @Override
        public long sumOfInts(RemoteStream.OfInt values) {
            return values.intStream().sum();
        }

        @Override
        public double sumOfDoubles(RemoteStream.OfDouble values) {
            double sum = 0;
            while (values.hasNext()) {
                sum += values.nextDouble();
            }
            return sum;
        }

        @Override
        public long sumOfIterated(PrimitiveIterator.OfLong values) {
            long sum = 0;
            while (values.hasNext()) {
                sum += values.nextLong();
            }
            return sum;
        }

        @Override
        public String secondReading(RemoteStream<Integer> values) {
            values.stream().forEach(value -> {});
            try {
                values.stream();
                return "nothing";
            } catch (IllegalStateException second) {
                return second.getMessage();
            }
        }

        @Override
        public long sumOfPublisher(Flow.Publisher<Long> values) throws Exception {
            AtomicInteger sum = new AtomicInteger();
            try (SubmissionPublisher<Long> between = new SubmissionPublisher<>()) {
                var done = between.consume(value -> sum.addAndGet(value.intValue()));
                values.subscribe(new Flow.Subscriber<>() {
                    private Flow.Subscription subscription;

                    @Override
                    public void onSubscribe(Flow.Subscription given) {
                        subscription = given;
                        subscription.request(1);
                    }

                    @Override
                    public void onNext(Long item) {
                        between.submit(item);
                        subscription.request(1);
                    }

                    @Override
                    public void onError(Throwable thrown) {
                        between.closeExceptionally(thrown);
                    }

                    @Override
                    public void onComplete() {
                        between.close();
                    }
                });
                done.get();
            }
            return sum.get();
        }

        @Override
        public long first(Iterator<Integer> values, int count) {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values.next();
            }
            return sum;
        }

        @Override
        public Iterator<Integer> doubled(Iterator<Integer> values) {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return values.hasNext();
                }

                @Override
                public Integer next() {
                    return 2 * values.next();
                }
            };
        }

        @Override
        public int ignoring(Iterator<Integer> values) {
            return 7;
        }

        @Override
        public int plus(int a, int b) {
            return a + b;
        }

        @Override
        public long threads() {
            return Thread.getAllStackTraces().values().stream()
                    .filter(frames -> Arrays.stream(frames)
                            .noneMatch(frame -> frame.getMethodName().equals("getTask"))) // of a pool
                    .count();
        }
    }
}

package io.outrider.api;

import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Values that flow from a generator to whoever reads them, in order: the near end of a contract method that returns an
 * {@link Iterator}, a {@link Stream}, a {@link Flow.Publisher} or this. The generator runs ahead by at most the configured
 * window, in values and in bytes, so memory stays flat however slow the reader is.
 *
 * <p>Read it in one way: as the iterator that it is, by {@link #stream()}, or by {@link #subscribe}. For one thread at a
 * time, except that {@link #close} may come from any thread. {@link #hasNext} and {@link #next} block until a value or the
 * end is here; an interrupt ends the wait with {@link io.outrider.error.CallInterruptedException} and leaves the stream as
 * it is. What the generator throws after k values is thrown here once, after those k, as
 * {@link io.outrider.error.RemoteCallException}; what it throws before the first, by the first read. If the worker dies, the
 * values that it had sent come first and then {@link io.outrider.error.WorkerDiedException}. After the end, an error or
 * {@code close}, {@code hasNext} is false for ever.
 *
 * <p>Close a stream that is not read to its end: then the generator is stopped and cleans up at once. One that is dropped
 * without that is closed when the garbage collector finds it, one whose reading thread has ended some seconds later.
 *
 * @param <T> the values, never null
 */
public interface RemoteStream<T> extends Iterator<T>, Flow.Publisher<T>, AutoCloseable {
    /**
     * Waits until there is a value or the end.
     *
     * @return whether there is a value
     */
    @Override
    boolean hasNext();

    /**
     * Waits for the next value and takes it.
     *
     * @return the value
     * @throws java.util.NoSuchElementException after the end
     */
    @Override
    T next();

    /**
     * The values that are left, as a sequential stream of the JDK. Closing that closes this.
     *
     * @return the one such view
     * @throws IllegalStateException if this was given a view or a subscriber before
     */
    Stream<T> stream();

    /**
     * Hands the values that are left to a subscriber, by the rules of Reactive Streams, on the executor that completes
     * futures. There is one subscriber; any other is told {@link IllegalStateException} by its {@code onError}.
     *
     * @param subscriber whose cancellation closes this
     */
    @Override
    void subscribe(Flow.Subscriber<? super T> subscriber);

    /** Stops the generator, drops the values that were not read, and returns without waiting for its clean-up. Idempotent. */
    @Override
    void close();

    /**
     * A stream over an iterator of this process, for a method that is declared to return one. {@code close} and the end
     * close the iterator if it can be closed.
     *
     * @param source yields the values
     * @param <T> the values
     * @return a stream that reads the iterator on its reader's thread
     */
    static <T> RemoteStream<T> of(final Iterator<T> source) {
        return new LocalStream<>(source, LocalStream.closerOf(source));
    }

    /**
     * A stream over a stream of the JDK.
     *
     * @param source yields the values, and is closed with this and at the end
     * @param <T> the values
     * @return a stream that reads the source on its reader's thread
     */
    static <T> RemoteStream<T> of(final Stream<T> source) {
        return new LocalStream<>(source.iterator(), source::close);
    }

    /** A stream of {@code long} that boxes nothing where it is read by {@link #nextLong} or {@link #longStream}. */
    interface OfLong extends RemoteStream<Long>, PrimitiveIterator.OfLong {
        @Override
        default Long next() {
            return nextLong();
        }

        @Override
        default void forEachRemaining(final Consumer<? super Long> action) {
            PrimitiveIterator.OfLong.super.forEachRemaining(action);
        }

        /**
         * The values that are left, unboxed; otherwise as {@link #stream()}.
         *
         * @return the one such view
         */
        LongStream longStream();

        /**
         * A stream over values of this process.
         *
         * @param source yields the values
         * @return a stream that reads the source on its reader's thread
         */
        static RemoteStream.OfLong of(final PrimitiveIterator.OfLong source) {
            return new LocalStream.OfLong(source, LocalStream.closerOf(source));
        }

        /**
         * A stream over values of this process.
         *
         * @param source yields the values
         * @return a stream that reads the source on its reader's thread
         */
        static RemoteStream.OfLong of(final LongStream source) {
            return new LocalStream.OfLong(source.iterator(), source::close);
        }
    }

    /** A stream of {@code int} that boxes nothing where it is read by {@link #nextInt} or {@link #intStream}. */
    interface OfInt extends RemoteStream<Integer>, PrimitiveIterator.OfInt {
        @Override
        default Integer next() {
            return nextInt();
        }

        @Override
        default void forEachRemaining(final Consumer<? super Integer> action) {
            PrimitiveIterator.OfInt.super.forEachRemaining(action);
        }

        /**
         * The values that are left, unboxed; otherwise as {@link #stream()}.
         *
         * @return the one such view
         */
        IntStream intStream();

        /**
         * A stream over values of this process.
         *
         * @param source yields the values
         * @return a stream that reads the source on its reader's thread
         */
        static RemoteStream.OfInt of(final PrimitiveIterator.OfInt source) {
            return new LocalStream.OfInt(source, LocalStream.closerOf(source));
        }

        /**
         * A stream over values of this process.
         *
         * @param source yields the values
         * @return a stream that reads the source on its reader's thread
         */
        static RemoteStream.OfInt of(final IntStream source) {
            return new LocalStream.OfInt(source.iterator(), source::close);
        }
    }

    /** A stream of {@code double} that boxes nothing where it is read by {@link #nextDouble} or {@link #doubleStream}. */
    interface OfDouble extends RemoteStream<Double>, PrimitiveIterator.OfDouble {
        @Override
        default Double next() {
            return nextDouble();
        }

        @Override
        default void forEachRemaining(final Consumer<? super Double> action) {
            PrimitiveIterator.OfDouble.super.forEachRemaining(action);
        }

        /**
         * The values that are left, unboxed; otherwise as {@link #stream()}.
         *
         * @return the one such view
         */
        DoubleStream doubleStream();

        /**
         * A stream over values of this process.
         *
         * @param source yields the values
         * @return a stream that reads the source on its reader's thread
         */
        static RemoteStream.OfDouble of(final PrimitiveIterator.OfDouble source) {
            return new LocalStream.OfDouble(source, LocalStream.closerOf(source));
        }

        /**
         * A stream over values of this process.
         *
         * @param source yields the values
         * @return a stream that reads the source on its reader's thread
         */
        static RemoteStream.OfDouble of(final DoubleStream source) {
            return new LocalStream.OfDouble(source.iterator(), source::close);
        }
    }
}

package io.outrider.api;

import io.outrider.model.Delivery;
import io.outrider.model.Views;
import io.outrider.telemetry.Log;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A stream over an iterator of this process; see {@link RemoteStream#of}. */
class LocalStream<T> implements RemoteStream<T>, Delivery.Source<T> {
    private static final Log LOG = Log.of(LocalStream.class);

    private final Iterator<T> source;
    private final Runnable closer;
    private final AtomicBoolean viewed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    LocalStream(final Iterator<T> source, final Runnable closer) {
        this.source = Objects.requireNonNull(source);
        this.closer = closer;
    }

    static Runnable closerOf(final Iterator<?> source) {
        return () -> {
            if (source instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (final RuntimeException failure) {
                    throw failure;
                } catch (final Exception failure) {
                    throw new IllegalStateException("closing a stream failed", failure);
                }
            }
        };
    }

    @Override
    public final boolean hasNext() {
        if (closed.get()) {
            return false;
        }
        try {
            if (source.hasNext()) {
                return true;
            }
        } catch (final Throwable failure) {
            end();
            throw failure;
        }
        end();
        return false;
    }

    /** The reader has had all that there is: what the clean-up throws is not its concern. */
    final void end() {
        try {
            close();
        } catch (final Throwable failure) { // of user code, whatever it is
            LOG.warn("the clean-up of {} failed", source, failure);
        }
    }

    final void requireNext() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has ended");
        }
    }

    @Override
    public T next() {
        requireNext();
        try {
            return Objects.requireNonNull(source.next(), "a stream carries no null");
        } catch (final Throwable failure) {
            end();
            throw failure;
        }
    }

    final void view() {
        if (!viewed.compareAndSet(false, true)) {
            throw new IllegalStateException("this stream is read already: it can be read once, in one way");
        }
    }

    @Override
    public final Stream<T> stream() {
        view();
        return Views.of(this, this::close);
    }

    @Override
    public final void subscribe(final Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        try {
            view();
        } catch (final IllegalStateException second) {
            Delivery.refuse(subscriber, second);
            return;
        }
        new Delivery<>(this, subscriber, Runnable::run).start();
    }

    @Override
    public final State poll(final boolean wanted) {
        if (!wanted) {
            return State.NOTHING; // looking for a value may take long
        }
        return hasNext() ? State.VALUE : State.END;
    }

    @Override
    public final T take() {
        return next();
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            closer.run();
        }
    }

    static final class OfLong extends LocalStream<Long> implements RemoteStream.OfLong {
        private final PrimitiveIterator.OfLong source;

        OfLong(final PrimitiveIterator.OfLong source, final Runnable closer) {
            super(source, closer);
            this.source = source;
        }

        @Override
        public Long next() {
            return nextLong();
        }

        @Override
        public long nextLong() {
            requireNext();
            try {
                return source.nextLong();
            } catch (final Throwable failure) {
                end();
                throw failure;
            }
        }

        @Override
        public LongStream longStream() {
            view();
            return Views.ofLongs(this, this::close);
        }
    }

    static final class OfInt extends LocalStream<Integer> implements RemoteStream.OfInt {
        private final PrimitiveIterator.OfInt source;

        OfInt(final PrimitiveIterator.OfInt source, final Runnable closer) {
            super(source, closer);
            this.source = source;
        }

        @Override
        public Integer next() {
            return nextInt();
        }

        @Override
        public int nextInt() {
            requireNext();
            try {
                return source.nextInt();
            } catch (final Throwable failure) {
                end();
                throw failure;
            }
        }

        @Override
        public IntStream intStream() {
            view();
            return Views.ofInts(this, this::close);
        }
    }

    static final class OfDouble extends LocalStream<Double> implements RemoteStream.OfDouble {
        private final PrimitiveIterator.OfDouble source;

        OfDouble(final PrimitiveIterator.OfDouble source, final Runnable closer) {
            super(source, closer);
            this.source = source;
        }

        @Override
        public Double next() {
            return nextDouble();
        }

        @Override
        public double nextDouble() {
            requireNext();
            try {
                return source.nextDouble();
            } catch (final Throwable failure) {
                end();
                throw failure;
            }
        }

        @Override
        public DoubleStream doubleStream() {
            view();
            return Views.ofDoubles(this, this::close);
        }
    }
}

package io.outrider.launcher.local;

import io.outrider.api.CurrentArena;
import io.outrider.api.LoanArena;
import io.outrider.api.RemoteStream;
import io.outrider.contract.StreamShape;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.marshal.Marshaller;
import io.outrider.stub.ObjectRef;
import java.util.Iterator;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a generator within this process: pulled by whoever reads them, and copied, or handed over where they are loans, as
 * between processes. What the generator throws arrives as it would from a worker. For one thread at a time.
 */
final class LocalGenerator implements Iterator<Object>, AutoCloseable {
    private final LocalHost host;
    private final ObjectRef ref;
    private final Iterator<?> source;
    private final @Nullable AutoCloseable closeable;

    private LocalGenerator(final LocalHost host, final ObjectRef ref, final Object generator) {
        this.host = host;
        this.ref = ref;
        this.source = generator instanceof BaseStream<?, ?> stream ? stream.iterator() : (Iterator<?>) generator;
        this.closeable = generator instanceof AutoCloseable found ? found : null;
    }

    /** What a method returned, as its caller sees it. A publisher that is nothing else is that. */
    static Object of(final LocalHost host, final ObjectRef ref, final Object generator, final StreamShape shape) {
        if (generator instanceof Flow.Publisher<?> && !(generator instanceof Iterator<?>)) {
            return generator;
        }
        final LocalGenerator values = new LocalGenerator(host, ref, generator);
        final Class<?> declared = shape.declared();
        return switch (shape.kind()) {
            case LONG -> {
                final RemoteStream.OfLong longs = RemoteStream.OfLong.of(values.longs());
                yield declared == LongStream.class ? longs.longStream() : longs;
            }
            case INT -> {
                final RemoteStream.OfInt ints = RemoteStream.OfInt.of(values.ints());
                yield declared == IntStream.class ? ints.intStream() : ints;
            }
            case DOUBLE -> {
                final RemoteStream.OfDouble doubles = RemoteStream.OfDouble.of(values.doubles());
                yield declared == DoubleStream.class ? doubles.doubleStream() : doubles;
            }
            default -> {
                final RemoteStream<Object> objects = RemoteStream.of(values);
                yield BaseStream.class.isAssignableFrom(declared) ? objects.stream() : objects;
            }
        };
    }

    @Override
    public boolean hasNext() {
        final LoanArena before = CurrentArena.ofThread(host.arenaOfObjects());
        try {
            return source.hasNext();
        } catch (final Throwable thrown) { // by the user's code: the reader's to know
            throw failure(thrown);
        } finally {
            CurrentArena.ofThread(before);
        }
    }

    @Override
    public Object next() {
        final Object value;
        final LoanArena before = CurrentArena.ofThread(host.arenaOfObjects());
        try {
            value = Objects.requireNonNull(
                    source.next(), "the generator yielded null, and a stream carries no null: use Optional, say");
        } catch (final Throwable thrown) { // by the user's code: the reader's to know
            throw failure(thrown);
        } finally {
            CurrentArena.ofThread(before);
        }
        return copy(value);
    }

    private Object copy(final Object value) {
        final CopyBuffers buffers = host.borrowBuffers();
        try {
            buffers.outcome().putObject(value);
            buffers.handBack();
            buffers.readResult();
            return Objects.requireNonNull(buffers.result().getObject());
        } catch (final RuntimeException | Error unsendable) {
            buffers.discardOutcome();
            throw unsendable;
        } finally {
            buffers.giveBack();
        }
    }

    private OutriderException failure(final Throwable thrown) {
        final CopyBuffers buffers = host.borrowBuffers();
        try {
            final Marshaller.Failure copy = buffers.copyFailure(thrown);
            return new RemoteCallException(ref.workerId(), copy.data(), copy.original());
        } finally {
            buffers.giveBack();
        }
    }

    @Override
    public void close() {
        if (closeable != null) {
            try {
                closeable.close();
            } catch (final RuntimeException failure) {
                throw failure;
            } catch (final Exception failure) {
                throw new IllegalStateException("closing a stream failed", failure);
            }
        }
    }

    private PrimitiveIterator.OfLong longs() {
        class Longs implements PrimitiveIterator.OfLong, AutoCloseable {
            @Override
            public boolean hasNext() {
                return LocalGenerator.this.hasNext();
            }

            @Override
            public long nextLong() {
                return (Long) LocalGenerator.this.next();
            }

            @Override
            public void close() {
                LocalGenerator.this.close();
            }
        }
        return new Longs();
    }

    private PrimitiveIterator.OfInt ints() {
        class Ints implements PrimitiveIterator.OfInt, AutoCloseable {
            @Override
            public boolean hasNext() {
                return LocalGenerator.this.hasNext();
            }

            @Override
            public int nextInt() {
                return (Integer) LocalGenerator.this.next();
            }

            @Override
            public void close() {
                LocalGenerator.this.close();
            }
        }
        return new Ints();
    }

    private PrimitiveIterator.OfDouble doubles() {
        class Doubles implements PrimitiveIterator.OfDouble, AutoCloseable {
            @Override
            public boolean hasNext() {
                return LocalGenerator.this.hasNext();
            }

            @Override
            public double nextDouble() {
                return (Double) LocalGenerator.this.next();
            }

            @Override
            public void close() {
                LocalGenerator.this.close();
            }
        }
        return new Doubles();
    }
}

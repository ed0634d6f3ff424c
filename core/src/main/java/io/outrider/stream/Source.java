package io.outrider.stream;

import io.outrider.contract.StreamShape;
import io.outrider.marshal.ValueWriter;
import io.outrider.model.ValueKind;
import java.util.Iterator;
import java.util.Objects;
import java.util.PrimitiveIterator;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** The user's generator as a stream pulls it, whatever it is; for one thread at a time. */
abstract class Source {
    static final String NO_NULL = "the generator yielded null, and a stream carries no null: use Optional, say";

    /** What {@link #advance} found. */
    enum State {
        /** A value, to be put. */
        VALUE,
        /** None now: what the generator is made of says when to look again. */
        NOTHING,
        /** None any more. */
        END
    }

    /**
     * The source of what a method returned, or a caller passed.
     *
     * @param generator the object
     * @param shape as declared
     * @param writer to be woken when a source that had nothing has something
     */
    static Source of(final Object generator, final StreamShape shape, final OutboundStream writer) {
        if (generator instanceof BaseStream<?, ?> stream) {
            return of(stream.iterator(), stream, shape);
        }
        if (generator instanceof Iterator<?> iterator) {
            return of(iterator, iterator instanceof AutoCloseable closeable ? closeable : null, shape);
        }
        if (generator instanceof Flow.Publisher<?> publisher) {
            return new PublisherSource(publisher, shape, writer);
        }
        throw new IllegalArgumentException(generator.getClass().getName() + " yields no values");
    }

    private static Source of(
            final Iterator<?> iterator, final @Nullable AutoCloseable closeable, final StreamShape shape) {
        if (shape.kind() == ValueKind.LONG && iterator instanceof PrimitiveIterator.OfLong longs) {
            return new OfLong(longs, closeable);
        }
        if (shape.kind() == ValueKind.INT && iterator instanceof PrimitiveIterator.OfInt ints) {
            return new OfInt(ints, closeable);
        }
        if (shape.kind() == ValueKind.DOUBLE && iterator instanceof PrimitiveIterator.OfDouble doubles) {
            return new OfDouble(doubles, closeable);
        }
        return new OfObject(iterator, closeable, shape);
    }

    /** Runs the user's code up to the next value. */
    abstract State advance();

    /** Puts the value that was found. */
    abstract void put(ValueWriter writer);

    /** So many values were sent, and took so many bytes. */
    void sent(final int items, final long bytes) {}

    /** Runs the user's clean-up. */
    abstract void close() throws Exception;

    private abstract static class OfIterator extends Source {
        private final @Nullable AutoCloseable closeable;

        OfIterator(final @Nullable AutoCloseable closeable) {
            this.closeable = closeable;
        }

        @Override
        final void close() throws Exception {
            if (closeable != null) {
                closeable.close();
            }
        }
    }

    private static final class OfLong extends OfIterator {
        private final PrimitiveIterator.OfLong iterator;
        private long value;

        OfLong(final PrimitiveIterator.OfLong iterator, final @Nullable AutoCloseable closeable) {
            super(closeable);
            this.iterator = iterator;
        }

        @Override
        State advance() {
            if (!iterator.hasNext()) {
                return State.END;
            }
            value = iterator.nextLong();
            return State.VALUE;
        }

        @Override
        void put(final ValueWriter writer) {
            writer.putLong(value);
        }
    }

    private static final class OfInt extends OfIterator {
        private final PrimitiveIterator.OfInt iterator;
        private int value;

        OfInt(final PrimitiveIterator.OfInt iterator, final @Nullable AutoCloseable closeable) {
            super(closeable);
            this.iterator = iterator;
        }

        @Override
        State advance() {
            if (!iterator.hasNext()) {
                return State.END;
            }
            value = iterator.nextInt();
            return State.VALUE;
        }

        @Override
        void put(final ValueWriter writer) {
            writer.putInt(value);
        }
    }

    private static final class OfDouble extends OfIterator {
        private final PrimitiveIterator.OfDouble iterator;
        private double value;

        OfDouble(final PrimitiveIterator.OfDouble iterator, final @Nullable AutoCloseable closeable) {
            super(closeable);
            this.iterator = iterator;
        }

        @Override
        State advance() {
            if (!iterator.hasNext()) {
                return State.END;
            }
            value = iterator.nextDouble();
            return State.VALUE;
        }

        @Override
        void put(final ValueWriter writer) {
            writer.putDouble(value);
        }
    }

    private static final class OfObject extends OfIterator {
        private final Iterator<?> iterator;
        private final StreamShape shape;
        private @Nullable Object value;

        OfObject(final Iterator<?> iterator, final @Nullable AutoCloseable closeable, final StreamShape shape) {
            super(closeable);
            this.iterator = iterator;
            this.shape = shape;
        }

        @Override
        State advance() {
            if (!iterator.hasNext()) {
                return State.END;
            }
            value = requireValue(iterator.next());
            return State.VALUE;
        }

        @Override
        void put(final ValueWriter writer) {
            final Object found = requireValue(value);
            value = null;
            Elements.put(shape.kind(), shape.element(), found, writer);
        }
    }

    static Object requireValue(final @Nullable Object value) {
        return Objects.requireNonNull(value, NO_NULL);
    }
}

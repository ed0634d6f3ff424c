package io.outrider.engine;

import io.outrider.error.CallInterruptedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The results of a function for one item after the other of a source, in the order of the items, while several of them are under way. The
 * source is pulled by whoever reads this, and at most a window ahead. For one thread; blocks for the next result. A source
 * or a function that throws ends it, after the results before that.
 *
 * @param <A> the items
 * @param <R> the results
 */
public final class MappedIterator<A, R> implements Iterator<R>, AutoCloseable {
    private final Function<? super A, CompletableFuture<R>> function;
    private final Iterator<? extends A> source;
    private final int window;
    private final Deque<CompletableFuture<R>> underWay = new ArrayDeque<>();
    private @Nullable Throwable failure; // of the source, due behind what is under way
    private boolean exhausted;

    /**
     * @param function begins with an item, and does not wait
     * @param source of the items; closed at the end, if it can be
     * @param window how many items may be taken ahead, at least 1
     */
    public MappedIterator(
            final Function<? super A, CompletableFuture<R>> function,
            final Iterator<? extends A> source,
            final int window) {
        if (window < 1) {
            throw new ConfigurationException("a window of " + window + " items: it must be 1 or more");
        }
        this.function = function;
        this.source = source;
        this.window = window;
    }

    @Override
    public boolean hasNext() {
        fill();
        if (underWay.isEmpty() && failure != null) {
            final Throwable due = failure;
            failure = null;
            if (due instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) due;
        }
        return !underWay.isEmpty();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all items are mapped");
        }
        final CompletableFuture<R> next = underWay.remove();
        try {
            return next.get();
        } catch (final InterruptedException interrupted) {
            underWay.addFirst(next);
            Thread.currentThread().interrupt();
            throw new CallInterruptedException("interrupted while waiting for a result of map(...)");
        } catch (final ExecutionException failed) {
            throw failed.getCause() instanceof OutriderException known
                    ? known
                    : new IllegalStateException("a result of map(...) can't be had", failed.getCause());
        }
    }

    private void fill() {
        while (!exhausted && underWay.size() < window) {
            try {
                if (source.hasNext()) {
                    underWay.add(function.apply(Objects.requireNonNull(source.next(), "an item is null")));
                } else {
                    exhausted = true;
                }
            } catch (final RuntimeException | Error thrown) { // given to the reader when it is due
                failure = thrown;
                exhausted = true;
            }
        }
    }

    /** Takes no more items. What is under way ends by itself. */
    @Override
    public void close() {
        exhausted = true;
        underWay.clear();
        if (source instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (final RuntimeException failure) {
                throw failure;
            } catch (final Exception failure) {
                throw new IllegalStateException("the source of map(...) can't be closed", failure);
            }
        }
    }
}

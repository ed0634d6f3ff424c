package io.outrider.launcher.service;

import io.outrider.api.MapOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.function.RemoteFunction;
import io.outrider.error.CallInterruptedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The results of a function for the items of a source, which are sent chunk by chunk, a window of chunks ahead of what is read. For one thread.
 *
 * @param <A> the items
 * @param <R> the results
 */
final class ChunkedMap<A, R> implements Iterator<R>, AutoCloseable {
    private final Queue<CompletableFuture<ChunkTask.Results>> underWay = new ArrayDeque<>();
    private final LinkedBlockingQueue<CompletableFuture<ChunkTask.Results>> completed = new LinkedBlockingQueue<>();
    private final RemoteExecutor executor;
    private final RemoteFunction<Object, Object> function;
    private final Iterator<? extends A> source;
    private final MapOptions options;
    private @Nullable Object[] values = {};
    private int next;
    private @Nullable Throwable failure; // of the function, due behind its values
    private @Nullable Throwable noMore; // of the source or of sending, due behind what is under way
    private boolean exhausted;

    @SuppressWarnings("unchecked") // it is given the items of the source, and gives the results
    ChunkedMap(
            final RemoteExecutor executor,
            final RemoteFunction<? super A, ? extends R> function,
            final Iterator<? extends A> source,
            final MapOptions options) {
        this.executor = executor;
        this.function =
                (RemoteFunction<Object, Object>) (RemoteFunction<?, ?>) Objects.requireNonNull(function, "function");
        this.source = source;
        this.options = options;
    }

    private void fill() {
        while (!exhausted && underWay.size() < options.window()) {
            final List<Object> chunk = new ArrayList<>(options.chunk());
            try {
                while (chunk.size() < options.chunk() && source.hasNext()) {
                    chunk.add(Objects.requireNonNull(source.next(), "an item is null"));
                }
            } catch (final RuntimeException | Error thrown) { // given to the reader when it is due
                noMore = thrown;
            }
            exhausted = chunk.size() < options.chunk();
            if (!chunk.isEmpty()) {
                send(chunk);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    private void send(final List<Object> chunk) {
        try {
            final CompletableFuture<ChunkTask.Results> sent = executor.submit(new ChunkTask(function, chunk.toArray()));
            underWay.add(sent);
            if (!options.ordered()) {
                sent.whenComplete((results, failed) -> completed.add(sent));
            }
        } catch (final RuntimeException | Error refused) { // given to the reader when it is due
            noMore = refused;
            exhausted = true;
        }
    }

    @Override
    public boolean hasNext() {
        while (next == values.length) {
            final Throwable failed = failure;
            if (failed != null) {
                throw ended(failed);
            }
            fill();
            if (underWay.isEmpty()) {
                final Throwable reason = noMore;
                if (reason != null) {
                    throw ended(reason);
                }
                return false;
            }
            receive();
        }
        return true;
    }

    private RuntimeException ended(final Throwable reason) {
        end();
        return Originals.unchecked(reason);
    }

    private void receive() {
        try {
            final CompletableFuture<ChunkTask.Results> first =
                    options.ordered() ? underWay.element() : completed.take();
            final ChunkTask.Results results = first.get();
            underWay.removeIf(sent -> sent == first);
            values = results.values();
            next = 0;
            failure = results.failure();
        } catch (final ExecutionException failed) {
            throw ended(failed);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "interrupted while waiting for results of map(...): nothing is sent anew");
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the function gave it
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all results have been read");
        }
        return (R) values[next++];
    }

    /** Cancels what is under way, and drops what was not read. */
    private void end() {
        exhausted = true;
        failure = null;
        noMore = null;
        underWay.forEach(sent -> sent.cancel(true));
        underWay.clear();
        values = new @Nullable Object[0];
        next = 0;
    }

    @Override
    public void close() {
        end();
        if (source instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (final RuntimeException failed) {
                throw failed;
            } catch (final Exception failed) {
                throw new IllegalStateException("the source of map(...) can't be closed", failed);
            }
        }
    }
}

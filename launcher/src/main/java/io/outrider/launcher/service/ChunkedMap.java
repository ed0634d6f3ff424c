package io.outrider.launcher.service;

import io.outrider.api.MapOptions;
import io.outrider.api.MappedItems;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteFunction;
import io.outrider.error.CallInterruptedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sends items chunk by chunk, a window of chunks ahead of what is read.
 *
 * @param <A> the items
 * @param <R> the results
 */
final class ChunkedMap<A, R> implements MappedItems<R> {
    private final Queue<CompletableFuture<ChunkTask.Results>> underWay = new ArrayDeque<>();
    private final LinkedBlockingQueue<CompletableFuture<ChunkTask.Results>> completed = new LinkedBlockingQueue<>();
    private final RemoteExecutor executor;
    private final RemoteFunction<Object, Object> function;
    private final Iterator<? extends A> source;
    private final MapOptions options;
    private @Nullable Object[] values = {};
    private int next;
    private @Nullable Throwable failure;

    @SuppressWarnings("unchecked") // it is given the items of the source, and gives the results
    ChunkedMap(
            final RemoteExecutor executor,
            final RemoteFunction<? super A, ? extends R> function,
            final Iterator<? extends A> source,
            final MapOptions options) {
        this.executor = executor;
        this.function = (RemoteFunction<Object, Object>) (RemoteFunction<?, ?>) function;
        this.source = source;
        this.options = options;
        fill();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    private void fill() {
        while (underWay.size() < options.window() && source.hasNext()) {
            final List<@Nullable Object> chunk = new ArrayList<>(options.chunk());
            while (chunk.size() < options.chunk() && source.hasNext()) {
                chunk.add(source.next());
            }
            final CompletableFuture<ChunkTask.Results> sent = executor.submit(new ChunkTask(function, chunk.toArray()));
            underWay.add(sent);
            if (!options.ordered()) {
                sent.whenComplete((results, failed) -> completed.add(sent));
            }
        }
    }

    @Override
    public boolean hasNext() {
        while (next == values.length) {
            final Throwable failed = failure;
            if (failed != null) {
                failure = null;
                close();
                throw Originals.unchecked(failed);
            }
            if (underWay.isEmpty()) {
                return false;
            }
            receive();
        }
        return true;
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
            close();
            throw Originals.unchecked(failed);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException("interrupted while waiting for results: they still come");
        }
        if (failure == null) {
            fill();
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

    @Override
    public void close() {
        underWay.forEach(sent -> sent.cancel(true));
        underWay.clear();
        values = new @Nullable Object[0];
        next = 0;
    }
}

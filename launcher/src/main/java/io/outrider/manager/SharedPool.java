package io.outrider.manager;

import io.outrider.api.RemoteCallable;
import io.outrider.api.function.RemoteFunction;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Threads in a worker that run tasks of several processes. Tasks, items and results are copied. Safe from any thread;
 * nothing blocks except {@link #map}. Futures complete on the executor's completion executor, and fail as the task did,
 * or with {@link io.outrider.error.WorkerDiedException}. Who waits for more threads than one worker has processors
 * wants an executor with more workers instead.
 */
public interface SharedPool {
    /**
     * Runs a task. One round trip, which ends with the task.
     *
     * @param task a lambda or an object
     * @param <R> its result
     * @return completes when it has run
     */
    <R extends @Nullable Object> CompletableFuture<R> submit(RemoteCallable<R> task);

    /**
     * Applies a function to each item, side by side, and waits. One round trip.
     *
     * @param function a lambda or an object
     * @param items to apply it to
     * @param <T> items
     * @param <R> results
     * @return the results, in the order of the items
     * @throws InterruptedException if the thread is interrupted meanwhile; the tasks run on
     */
    <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Collection<? extends T> items) throws InterruptedException;

    /**
     * Applies a function to each item, side by side. One round trip.
     *
     * @param function a lambda or an object
     * @param items to apply it to
     * @param <T> items
     * @param <R> results
     * @return completes with the results, in the order of the items; or as the first of them failed
     */
    <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Collection<? extends T> items);
}

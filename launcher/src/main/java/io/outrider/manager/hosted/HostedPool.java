package io.outrider.manager.hosted;

import io.outrider.api.RemoteCallable;
import io.outrider.api.function.RemoteFunction;
import io.outrider.error.ClosedException;
import io.outrider.manager.port.PoolPort;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A pool of threads. */
public final class HostedPool implements PoolPort, AutoCloseable {
    private final ExecutorService threads;
    private final Set<Task> open = ConcurrentHashMap.newKeySet();

    /** @param count how many threads */
    public HostedPool(final int count) {
        final ClassLoader loader = Thread.currentThread().getContextClassLoader();
        threads = Executors.newFixedThreadPool(count, task -> {
            final Thread thread = new Thread(task, "outrider-pool");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }

    @Override
    public CompletableFuture<@Nullable Object> submit(final RemoteCallable<? extends @Nullable Object> task) {
        return run(task);
    }

    private CompletableFuture<@Nullable Object> run(final RemoteCallable<? extends @Nullable Object> call) {
        final Task task = new Task(call);
        open.add(task);
        try {
            threads.execute(task);
        } catch (final RejectedExecutionException closed) {
            task.end(new ClosedException("the pool was released", closed));
        }
        return task.outcome;
    }

    @Override
    public CompletableFuture<@Nullable Object[]> map(
            final RemoteFunction<@Nullable Object, @Nullable Object> function, final @Nullable Object[] items) {
        final CompletableFuture<?>[] outcomes = Arrays.stream(items)
                .map(item -> run(() -> function.apply(item)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(outcomes)
                .handle((done, failure) ->
                        Arrays.stream(outcomes).map(CompletableFuture::join).toArray());
    }

    /** Interrupts the tasks that run; those that wait never run. The futures of both fail. */
    @Override
    public void close() {
        threads.shutdownNow();
        open.forEach(task -> task.end(new ClosedException("the pool was released")));
    }

    /** A task until its outcome is known. */
    private final class Task implements Runnable {
        private final RemoteCallable<? extends @Nullable Object> call;
        private final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();

        Task(final RemoteCallable<? extends @Nullable Object> call) {
            this.call = call;
        }

        @Override
        public void run() {
            try {
                outcome.complete(call.call());
                open.remove(this);
            } catch (final Throwable thrown) { // the user's: it is the outcome
                end(thrown);
            }
        }

        void end(final Throwable failure) {
            open.remove(this);
            outcome.completeExceptionally(failure);
        }
    }
}

package io.outrider.launcher.local;

import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.Parallelization;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteFactory;
import io.outrider.api.RemoteObject;
import io.outrider.api.TaskOptions;
import io.outrider.api.WorkerInfo;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.launcher.service.ExecutorForms;
import io.outrider.launcher.service.TaskRunner;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Threads and processes together: objects and tasks live in processes, methods run where they may. Safe from any thread. */
public final class CombinedExecutor extends ExecutorForms {
    private final LocalExecutor threads;
    private final ExecutorForms processes;

    /**
     * @param threads for methods that may run on a thread; closed with this
     * @param processes for all else; closed with this
     */
    public CombinedExecutor(final LocalExecutor threads, final ExecutorForms processes) {
        this.threads = threads;
        this.processes = processes;
    }

    @Override
    public Parallelization parallelization(final Parallelization permitted) {
        return permitted;
    }

    @Override
    protected <R> CompletableFuture<R> onThread(final Callable<R> code) {
        return threads.onThread(code);
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract, final RemoteFactory<? extends T> factory, final ObjectOptions options) {
        return processes.create(contract, factory, options);
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract,
            final Class<? extends T> implementation,
            final ObjectOptions options,
            final @Nullable Object... arguments) {
        return processes.create(contract, implementation, options, arguments);
    }

    @Override
    public <R> CompletableFuture<R> submit(final RemoteCallable<R> task) {
        return processes.submit(task);
    }

    @Override
    public <R> CompletableFuture<R> submit(final int workerId, final RemoteCallable<R> task) {
        return processes.submit(workerId, task);
    }

    @Override
    public <R> CompletableFuture<R> submit(final TaskOptions options, final RemoteCallable<R> task) {
        return processes.submit(options, task);
    }

    @Override
    public TaskRunner taskRunner() {
        return processes.taskRunner();
    }

    @Override
    public LoanArena arena(final int workerId) {
        return processes.arena(workerId);
    }

    @Override
    public Feed feed(final String name, final FeedOptions options) {
        return processes.feed(name, options);
    }

    @Override
    public int addWorker() {
        return processes.addWorker();
    }

    @Override
    public List<WorkerInfo> workers() {
        return processes.workers();
    }

    @Override
    public Executor completionExecutor() {
        return processes.completionExecutor();
    }

    @Override
    public void shutdown(final boolean cancelPending) {
        try {
            threads.shutdown(cancelPending);
        } finally {
            processes.shutdown(cancelPending);
        }
    }

    @Override
    public void close() {
        shutdown(false);
    }

    @Override
    public String toString() {
        return threads + " and " + processes;
    }
}

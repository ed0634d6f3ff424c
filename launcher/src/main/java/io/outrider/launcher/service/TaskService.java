package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutorService;
import io.outrider.api.RemoteRunnable;
import io.outrider.error.OutriderException;
import io.outrider.telemetry.Log;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The drop-in for a thread pool; see {@link RemoteExecutorService}. */
class TaskService implements RemoteExecutorService {
    private static final Log LOG = Log.of(TaskService.class);

    private final TaskRunner runner;
    private final Set<TaskFuture<?>> live = ConcurrentHashMap.newKeySet(); // submitted and not done
    private final Object end = new Object();
    private volatile boolean shutdown;

    TaskService(final TaskRunner runner) {
        this.runner = runner;
    }

    /** Begins a task, unless it can't be sent or this was shut down. */
    final <T> TaskFuture<T> start(final RemoteCallable<T> task, final Object original) {
        requireRunning();
        final TaskFuture<T> future;
        try {
            future = runner.start(task, original);
        } catch (final OutriderException refused) {
            throw new RejectedExecutionException(refused.getMessage(), refused);
        }
        live.add(future);
        future.whenDone(() -> ended(future));
        return future;
    }

    /** Counts a task as submitted, until it is done. */
    final void add(final TaskFuture<?> future) {
        requireRunning();
        live.add(future);
        future.whenDone(() -> ended(future));
    }

    final void forEachLive(final Consumer<TaskFuture<?>> action) {
        live.forEach(action);
    }

    private void requireRunning() {
        if (shutdown) {
            throw new RejectedExecutionException("this service was shut down: the task was not sent");
        }
    }

    private void ended(final TaskFuture<?> future) {
        live.remove(future);
        if (shutdown) {
            signalIfTerminated();
        }
    }

    private void signalIfTerminated() {
        if (live.isEmpty()) {
            synchronized (end) {
                end.notifyAll();
            }
        }
    }

    @Override
    public <T> Future<T> submit(final RemoteCallable<T> task) {
        return start(Objects.requireNonNull(task, "task"), task);
    }

    @Override
    public <T> Future<T> submit(final Callable<T> task) {
        return start(ServiceTasks.of(Objects.requireNonNull(task, "task")), task);
    }

    @Override
    public Future<?> submit(final RemoteRunnable task) {
        return submit((Runnable) task);
    }

    @Override
    public Future<?> submit(final Runnable task) {
        return start(ServiceTasks.of(Objects.requireNonNull(task, "task")), task);
    }

    @Override
    public <T> Future<T> submit(final RemoteRunnable task, final @Nullable T result) {
        return submit((Runnable) task, result);
    }

    @Override
    public <T> Future<T> submit(final Runnable task, final @Nullable T result) {
        return new ResultFuture<>(start(ServiceTasks.of(Objects.requireNonNull(task, "task")), task), result);
    }

    @Override
    public void execute(final RemoteRunnable task) {
        execute((Runnable) task);
    }

    @Override
    public void execute(final Runnable task) {
        final CompletionTask known = CompletionTask.of(Objects.requireNonNull(task, "task"));
        if (known != null) {
            final TaskFuture<?> future = start(known.work(), task);
            future.whenDone(() -> known.complete(future));
            return;
        }
        final TaskFuture<?> future = start(ServiceTasks.of(task), task);
        future.whenDone(() -> logFailure(future));
    }

    private static void logFailure(final Future<?> future) {
        try {
            future.get();
        } catch (final ExecutionException failed) {
            LOG.error("a task that nobody waits for failed", failed.getCause());
        } catch (final CancellationException | InterruptedException ended) {
            LOG.debug("a task that nobody waits for was ended", ended);
        }
    }

    @Override
    public <T> List<Future<T>> invokeAll(final Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public <T> List<Future<T>> invokeAll(
            final Collection<? extends Callable<T>> tasks, final long timeout, final TimeUnit unit)
            throws InterruptedException {
        final long limitNs = unit.toNanos(timeout);
        final long begun = System.nanoTime();
        final List<Future<T>> futures = new ArrayList<>(tasks.size());
        boolean whole = false;
        try {
            for (final Callable<T> task : tasks) {
                futures.add(submit(task));
            }
            for (final Future<T> future : futures) {
                if (!awaitDone(future, limitNs - (System.nanoTime() - begun))) {
                    return futures; // the finally clause cancels what is left
                }
            }
            whole = true;
            return futures;
        } finally {
            if (!whole) {
                futures.forEach(future -> future.cancel(true));
            }
        }
    }

    /** False if it is not done in time. */
    private static boolean awaitDone(final Future<?> future, final long leftNs) throws InterruptedException {
        try {
            future.get(leftNs, TimeUnit.NANOSECONDS);
        } catch (final ExecutionException | CancellationException done) {
            LOG.trace("the outcome stays in the future", done);
        } catch (final TimeoutException late) {
            LOG.trace("given up", late);
            return false;
        }
        return true;
    }

    @Override
    public <T> T invokeAny(final Collection<? extends Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (final TimeoutException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public <T> T invokeAny(final Collection<? extends Callable<T>> tasks, final long timeout, final TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("there is no task to invoke");
        }
        final long limitNs = unit.toNanos(timeout);
        final long begun = System.nanoTime();
        final LinkedBlockingQueue<TaskFuture<T>> done = new LinkedBlockingQueue<>();
        final List<TaskFuture<T>> futures = new ArrayList<>(tasks.size());
        try {
            for (final Callable<T> task : tasks) {
                final TaskFuture<T> future = start(ServiceTasks.of(Objects.requireNonNull(task, "task")), task);
                futures.add(future);
                future.whenDone(() -> done.add(future));
            }
            ExecutionException last = null;
            for (int i = 0; i < futures.size(); i++) {
                final TaskFuture<T> next = done.poll(limitNs - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new TimeoutException("no task was done within " + timeout + ' ' + unit);
                }
                try {
                    return next.get();
                } catch (final ExecutionException failed) {
                    last = failed;
                }
            }
            throw Objects.requireNonNull(last);
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
        signalIfTerminated();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        final List<Runnable> never = new ArrayList<>();
        for (final TaskFuture<?> future : live) {
            if (future.cancelIfNotBegun()) {
                never.add(asRunnable(future.original()));
            } else {
                future.cancel(true);
            }
        }
        return never;
    }

    private static Runnable asRunnable(final Object task) {
        return task instanceof Runnable runnable ? runnable : new FutureTask<>((Callable<?>) task);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && live.isEmpty();
    }

    @Override
    public boolean awaitTermination(final long timeout, final TimeUnit unit) throws InterruptedException {
        final long limitNs = unit.toNanos(timeout);
        final long begun = System.nanoTime();
        synchronized (end) {
            while (!isTerminated()) {
                final long leftNs = limitNs - (System.nanoTime() - begun);
                if (leftNs <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(end, Math.max(1_000_000, leftNs));
            }
        }
        return true;
    }

    @Override
    public void close() {
        shutdown();
        boolean interrupted = false;
        while (!isTerminated()) {
            try {
                awaitTermination(1, TimeUnit.DAYS);
            } catch (final InterruptedException again) {
                if (!interrupted) {
                    shutdownNow();
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The future of a task with the result of its submitter. */
    private record ResultFuture<T>(Future<?> task, @Nullable T result) implements Future<T> {
        @Override
        public boolean cancel(final boolean mayInterruptIfRunning) {
            return task.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isCancelled() {
            return task.isCancelled();
        }

        @Override
        public boolean isDone() {
            return task.isDone();
        }

        @Override
        public @Nullable T get() throws InterruptedException, ExecutionException {
            task.get();
            return result;
        }

        @Override
        public @Nullable T get(final long timeout, final TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            task.get(timeout, unit);
            return result;
        }
    }
}

package io.outrider.launcher.executor;

import io.outrider.api.ObjectOptions;
import io.outrider.config.BackPressure;
import io.outrider.config.LinkConfig;
import io.outrider.engine.CallFuture;
import io.outrider.engine.ClientThreads;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for a worker, in order and bounded, and the way that each goes: to a worker that is free, one at a time each, and back. Safe
 * from any thread. Shares the lock of its pool; user code (what a task captures is encoded by it) runs without the lock.
 */
final class TaskQueue {
    private final Pool pool;
    private final Object lock;
    private final Quarantine quarantine;
    private final LinkConfig link;
    private final int capacity;
    private final Executor own;
    private final Executor completion;
    private final Deque<PooledTask<?>> waiting = new ArrayDeque<>(); // guarded by lock

    /** A task and the worker that it was given to. */
    private record Assignment(PooledTask<?> task, Tenure tenure) {}

    /**
     * @param pool whose workers to use
     * @param lock guards the pool
     * @param threads complete the futures, and run what has to be done between two tasks
     */
    TaskQueue(final Pool pool, final Object lock, final ClientThreads threads) {
        this.pool = pool;
        this.lock = lock;
        this.link = pool.config().link();
        this.capacity = pool.config().pool().maxQueuedTasks();
        this.quarantine = new Quarantine(pool.config().pool().quarantineAfter());
        this.own = threads.production();
        this.completion = threads.completion();
    }

    /** Sends a task, or has it wait; throws what it can't be sent for. */
    <R> void submit(final PooledTask<R> task) {
        quarantine.admit(task.kind());
        final Tenure free;
        synchronized (lock) {
            pool.requireUsable(task.options().workerId());
            free = waiting.isEmpty() ? pool.freeFor(task.options().workerId()) : null;
            if (free != null) {
                pool.occupy(free);
            }
        }
        if (free == null) {
            task.encoded(pool.encode(task.task()));
            add(task);
            assign();
        } else {
            final RuntimeException refused = send(new Assignment(task, free));
            if (refused != null) {
                throw refused;
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    private void add(final PooledTask<?> task) {
        synchronized (lock) {
            awaitRoom(task);
            waiting.addLast(task);
        }
        if (task.hasDeadline()) {
            final long remainingNs = Math.max(0, task.remainingNs());
            final CompletableFuture<Void> timer =
                    new CompletableFuture<Void>().completeOnTimeout(null, remainingNs, TimeUnit.NANOSECONDS);
            timer.thenRunAsync(() -> expire(task), own);
            task.whenComplete((value, failure) -> timer.cancel(false));
        }
    }

    private void awaitRoom(final PooledTask<?> task) {
        final long giveUpAt = System.nanoTime() + link.backPressureTimeout().toNanos();
        while (true) {
            pool.requireUsable(task.options().workerId());
            if (waiting.size() < capacity) {
                return;
            }
            final boolean late = link.backPressure() == BackPressure.TIME_OUT && System.nanoTime() - giveUpAt >= 0;
            if (late || link.backPressure() == BackPressure.REJECT) {
                throw new BackPressureException("a task was not queued, since " + capacity
                        + " wait for a worker (" + link.backPressure() + ", backPressureTimeout "
                        + link.backPressureTimeout() + "): submit less, or raise maxQueuedTasks");
            }
            if (task.remainingNs() <= 0) {
                throw timeout();
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(
                        lock,
                        Math.max(
                                1,
                                Math.min(
                                        task.remainingNs(),
                                        link.backPressure() == BackPressure.BLOCK
                                                ? Long.MAX_VALUE
                                                : giveUpAt - System.nanoTime())));
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CallInterruptedException("interrupted while a task waited for room in the queue", e);
            }
        }
    }

    private static CallTimeoutException timeout() {
        return new CallTimeoutException("a task was not run, since no worker was free for it until its deadline");
    }

    private void expire(final PooledTask<?> task) {
        if (remove(task)) {
            task.finish(null, timeout(), completion);
        }
    }

    /** Takes a task out that has not begun; false if it is not here. */
    boolean remove(final PooledTask<?> task) {
        synchronized (lock) {
            final boolean removed = waiting.remove(task);
            if (removed) {
                lock.notifyAll();
            }
            return removed;
        }
    }

    /** Gives tasks that wait to workers that are free, until there are no more of either. */
    void assign() {
        Assignment next = next();
        while (next != null) {
            final RuntimeException refused = send(next);
            if (refused != null) {
                next.task.finish(null, refused, completion);
            }
            next = next();
        }
    }

    private @Nullable Assignment next() {
        synchronized (lock) {
            for (final Iterator<PooledTask<?>> each = waiting.iterator(); each.hasNext(); ) {
                final PooledTask<?> task = each.next();
                final Tenure free = pool.freeFor(task.options().workerId());
                if (free != null) {
                    each.remove();
                    pool.occupy(free);
                    lock.notifyAll();
                    return new Assignment(task, free);
                }
                if (task.options().workerId() == ObjectOptions.ANY_WORKER
                        && pool.freeFor(ObjectOptions.ANY_WORKER) == null) {
                    return null; // nobody is free, so nobody behind it finds one either
                }
            }
            return null;
        }
    }

    /** Sends a task to its worker; returns what it was refused for, if there is anything. */
    private @Nullable RuntimeException send(final Assignment assignment) {
        final PooledTask<?> task = assignment.task;
        final Tenure tenure = assignment.tenure;
        final long remainingNs = task.remainingNs();
        if (task.isDone() || remainingNs <= 0) {
            ended(tenure);
            return task.isDone() ? null : timeout();
        }
        try {
            final CallFuture<Object> call = tenure.worker.submit(task.task(), task.encoded(), remainingNs, own);
            call.whenEnded(() -> ended(tenure));
            task.attempted(call);
            attach(task, call);
            return null;
        } catch (final WorkerDiedException unsent) { // it never left this process
            ended(tenure);
            return requeue(task) ? null : unsent;
        } catch (final RuntimeException | Error refused) {
            ended(tenure);
            if (refused instanceof Error error) {
                throw error;
            }
            return (RuntimeException) refused;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    private void attach(final PooledTask<?> task, final CallFuture<Object> call) {
        call.whenComplete((value, failure) -> completed(
                task,
                value,
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure));
    }

    /** The worker is done with what it was given. */
    private void ended(final Tenure tenure) {
        final boolean more;
        synchronized (lock) {
            pool.vacate(tenure);
            more = !waiting.isEmpty();
            lock.notifyAll();
        }
        if (more) {
            own.execute(this::assign);
        }
    }

    private void completed(final PooledTask<?> task, final @Nullable Object value, final @Nullable Throwable failure) {
        if (!(failure instanceof WorkerDiedException died)) {
            if (!(failure instanceof CancellationException)) {
                quarantine.survived(task.kind());
            }
            task.finish(value, failure, completion);
            return;
        }
        final boolean tooMany = quarantine.killed(task.kind(), died.report());
        if (!task.mayRunTwice() || task.isDone()) {
            task.finish(null, died, completion);
        } else if (tooMany) {
            final OutriderException refusal = quarantine.refusal(task.kind());
            refusal.addSuppressed(died);
            task.finish(null, refusal, completion);
        } else if (requeue(task)) {
            assign();
        } else {
            task.finish(null, died, completion);
        }
    }

    /** Puts a task to the front, whatever the bound says; false if no worker will come for it. */
    private boolean requeue(final PooledTask<?> task) {
        synchronized (lock) {
            if (task.options().workerId() != ObjectOptions.ANY_WORKER || !pool.hasProspects()) {
                return false;
            }
            waiting.addFirst(task);
            return true;
        }
    }

    /** Fails all that wait, each with an exception of its own. */
    void failAll(final Supplier<? extends OutriderException> cause) {
        for (final PooledTask<?> task : drain()) {
            task.finish(null, cause.get(), completion);
        }
    }

    /** Cancels all that wait. */
    void cancelAll() {
        drain().forEach(task -> task.cancel(false));
    }

    private List<PooledTask<?>> drain() {
        synchronized (lock) {
            final List<PooledTask<?>> all = new ArrayList<>(waiting);
            waiting.clear();
            lock.notifyAll();
            return all;
        }
    }

    /** Guarded by the lock. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }
}

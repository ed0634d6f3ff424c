package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;
import io.outrider.error.OutriderException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs at a time, or again and again. Safe from any thread.
 *
 * @param <T> the result
 */
final class ScheduledTask<T> implements TaskFuture<T>, ScheduledFuture<T> {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final RemoteCallable<T> task;
    private final Object original;
    private final TaskRunner runner;
    private final ScheduledExecutorService timer;
    private final long periodNs; // 0: once; more: from due to due; less: from end to begin
    private volatile long dueNs;
    private @Nullable Future<?> tick; // guarded by this
    private @Nullable TaskFuture<T> running; // guarded by this

    ScheduledTask(
            final RemoteCallable<T> task,
            final Object original,
            final TaskRunner runner,
            final ScheduledExecutorService timer,
            final long delayNs,
            final long periodNs) {
        this.task = task;
        this.original = original;
        this.runner = runner;
        this.timer = timer;
        this.periodNs = periodNs;
        this.dueNs = System.nanoTime() + delayNs;
    }

    boolean isPeriodic() {
        return periodNs != 0;
    }

    /** Has the timer run it when it is due. */
    synchronized void arm() {
        if (!outcome.isDone()) {
            tick = timer.schedule(this::begin, Math.max(0, dueNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void begin() {
        if (outcome.isDone()) {
            return;
        }
        tick = null;
        final TaskFuture<T> begun;
        try {
            begun = runner.start(task, original);
        } catch (final OutriderException refused) { // its worker is gone, say
            outcome.completeExceptionally(refused);
            return;
        }
        running = begun;
        begun.whenDone(() -> ended(begun));
    }

    private void ended(final TaskFuture<T> run) {
        try {
            final T value = run.get();
            if (periodNs == 0) {
                outcome.complete(value);
                return;
            }
        } catch (final ExecutionException failed) {
            outcome.completeExceptionally(failed.getCause());
            return;
        } catch (final RuntimeException | InterruptedException cancelled) {
            outcome.cancel(false);
            return;
        }
        dueNs = periodNs > 0 ? dueNs + periodNs : System.nanoTime() - periodNs;
        arm();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    public void whenDone(final Runnable action) {
        outcome.whenComplete((value, failure) -> action.run());
    }

    @Override
    public boolean cancelIfNotBegun() {
        synchronized (this) {
            if (running != null || tick == null) {
                return false;
            }
            tick.cancel(false);
        }
        return outcome.cancel(false);
    }

    @Override
    public Object original() {
        return original;
    }

    @Override
    public long getDelay(final TimeUnit unit) {
        return unit.convert(dueNs - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(final Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean cancel(final boolean mayInterruptIfRunning) {
        final boolean cancelled = outcome.cancel(mayInterruptIfRunning);
        if (cancelled) {
            synchronized (this) {
                if (tick != null) {
                    tick.cancel(false);
                }
                if (running != null) {
                    running.cancel(mayInterruptIfRunning);
                }
            }
        }
        return cancelled;
    }

    @Override
    public boolean isCancelled() {
        return outcome.isCancelled();
    }

    @Override
    public boolean isDone() {
        return outcome.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        return outcome.get();
    }

    @Override
    public T get(final long timeout, final TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return outcome.get(timeout, unit);
    }
}

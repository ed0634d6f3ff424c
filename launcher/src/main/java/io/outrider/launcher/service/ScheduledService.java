package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteRunnable;
import io.outrider.api.RemoteScheduledExecutorService;
import io.outrider.error.OutriderException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The drop-in for a scheduled thread pool; see {@link RemoteScheduledExecutorService}. */
final class ScheduledService extends TaskService implements RemoteScheduledExecutorService {
    private static final int MAX_TASK_BYTES = 128 * 1024 * 1024;

    private final TaskRunner runner;
    private final ScheduledThreadPoolExecutor timer;
    private final Marshaller marshaller;

    ScheduledService(final TaskRunner runner) {
        super(runner);
        this.runner = runner;
        this.marshaller = Marshaller.open(ScheduledService.class.getClassLoader());
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            final Thread thread = new Thread(work, "outrider-schedule");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    private <V> ScheduledTask<V> schedule(
            final RemoteCallable<V> task, final Object original, final long delayNs, final long periodNs) {
        try {
            new ValueWriter(marshaller, MAX_TASK_BYTES).putObject(task); // refused now, not when it is due
        } catch (final OutriderException refused) {
            throw new RejectedExecutionException(refused.getMessage(), refused);
        }
        final ScheduledTask<V> scheduled =
                new ScheduledTask<>(task, original, runner, timer, Math.max(0, delayNs), periodNs);
        add(scheduled);
        scheduled.arm();
        return scheduled;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(final RemoteCallable<V> task, final long delay, final TimeUnit unit) {
        return schedule(Objects.requireNonNull(task, "task"), task, unit.toNanos(delay), 0);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(final Callable<V> task, final long delay, final TimeUnit unit) {
        return schedule(ServiceTasks.of(Objects.requireNonNull(task, "task")), task, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> schedule(final RemoteRunnable task, final long delay, final TimeUnit unit) {
        return schedule((Runnable) task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> schedule(final Runnable task, final long delay, final TimeUnit unit) {
        return schedule(ServiceTasks.of(Objects.requireNonNull(task, "task")), task, unit.toNanos(delay), 0);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            final RemoteRunnable task, final long initialDelay, final long period, final TimeUnit unit) {
        return scheduleAtFixedRate((Runnable) task, initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
            final Runnable task, final long initialDelay, final long period, final TimeUnit unit) {
        return periodic(task, unit.toNanos(initialDelay), unit.toNanos(requirePositive("period", period)));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            final RemoteRunnable task, final long initialDelay, final long delay, final TimeUnit unit) {
        return scheduleWithFixedDelay((Runnable) task, initialDelay, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
            final Runnable task, final long initialDelay, final long delay, final TimeUnit unit) {
        return periodic(task, unit.toNanos(initialDelay), -unit.toNanos(requirePositive("delay", delay)));
    }

    private ScheduledFuture<?> periodic(final Runnable task, final long delayNs, final long periodNs) {
        return schedule(ServiceTasks.of(Objects.requireNonNull(task, "task")), task, delayNs, periodNs);
    }

    private static long requirePositive(final String what, final long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " is " + value + ": it must be more than zero");
        }
        return value;
    }

    @Override
    public void shutdown() {
        super.shutdown();
        forEachLive(future -> {
            if (future instanceof ScheduledTask<?> scheduled && scheduled.isPeriodic()) {
                scheduled.cancel(false);
            }
        });
    }
}

package io.outrider.api;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * An executor as a {@link ScheduledExecutorService}. Everything is as that interface and {@link RemoteExecutorService} say: time is kept here,
 * tasks run in workers, one run of a periodic task at a time. After a shutdown delayed tasks still run and periodic ones end.
 */
@SuppressWarnings("overloads") // a lambda is taken as the more specific type, which can be sent: that is the purpose
public interface RemoteScheduledExecutorService extends RemoteExecutorService, ScheduledExecutorService {
    /**
     * Runs a task after a delay.
     *
     * @param task that can be sent
     * @param delay from now; none or less is at once
     * @param unit of the delay
     * @param <V> its result
     * @return its future
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    <V> ScheduledFuture<V> schedule(RemoteCallable<V> task, long delay, TimeUnit unit);

    /**
     * Runs a task after a delay.
     *
     * @param task that can be sent
     * @param delay from now; none or less is at once
     * @param unit of the delay
     * @return its future
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    ScheduledFuture<?> schedule(RemoteRunnable task, long delay, TimeUnit unit);

    /**
     * Runs a task again and again, each time a period after the last one was due, or as soon as that has ended if it takes longer. A run that
     * fails is the last.
     *
     * @param task that can be sent
     * @param initialDelay until the first run
     * @param period more than zero
     * @param unit of both
     * @return its future, which is done only when it is cancelled or a run has failed
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    ScheduledFuture<?> scheduleAtFixedRate(RemoteRunnable task, long initialDelay, long period, TimeUnit unit);

    /**
     * Runs a task again and again, each time a delay after the last run has ended. A run that fails is the last.
     *
     * @param task that can be sent
     * @param initialDelay until the first run
     * @param delay more than zero
     * @param unit of both
     * @return its future, which is done only when it is cancelled or a run has failed
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    ScheduledFuture<?> scheduleWithFixedDelay(RemoteRunnable task, long initialDelay, long delay, TimeUnit unit);

    @Override
    void close();
}

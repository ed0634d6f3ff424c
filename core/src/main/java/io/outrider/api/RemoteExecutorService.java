package io.outrider.api;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * An executor as an {@link ExecutorService}: what is written for a thread pool runs in workers. Everything is as that interface says; besides,
 * a task must be one that can be sent, and is refused with {@link java.util.concurrent.RejectedExecutionException} where it is submitted if
 * it is not, naming the field or captured variable that is the cause. The methods that are added here make a lambda such a task by itself.
 *
 * <p>A future that fails does so with what the task threw, under its own type where that is known here, and with the
 * {@link io.outrider.error.RemoteCallException} among its suppressed ones. Shutting this down refuses further tasks; the workers belong to the
 * {@link RemoteExecutor} and go on. Safe from any thread.
 */
@SuppressWarnings("overloads") // a lambda is taken as the more specific type, which can be sent: that is the purpose
public interface RemoteExecutorService extends ExecutorService, AutoCloseable {
    /**
     * Submits a task.
     *
     * @param task that can be sent
     * @param <T> its result
     * @return its future
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    <T> Future<T> submit(RemoteCallable<T> task);

    /**
     * Submits a task without a result.
     *
     * @param task that can be sent
     * @return its future, whose result is null
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    Future<?> submit(RemoteRunnable task);

    /**
     * Submits a task, and gives a result of the caller's.
     *
     * @param task that can be sent
     * @param result given once the task has run; it is not sent
     * @param <T> the result
     * @return its future
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    <T> Future<T> submit(RemoteRunnable task, @Nullable T result);

    /**
     * Submits a task whose failure is only logged.
     *
     * @param task that can be sent
     * @throws java.util.concurrent.RejectedExecutionException if it can't be sent or this was shut down
     */
    void execute(RemoteRunnable task);

    /** Shuts this down and waits until all tasks have ended; an interrupt cancels those that are left. Idempotent. */
    @Override
    void close();
}

package io.outrider.launcher.executor;

import io.outrider.api.Idempotent;
import io.outrider.api.RemoteCallable;
import io.outrider.api.TaskOptions;
import io.outrider.error.CallRejectedException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A task as its submitter sees it: a future, whose cancelling cancels the task, and behind it one attempt after the other to have it run. Safe
 * from any thread.
 */
final class PooledTask<R> extends AttemptedFuture<R> {
    private final TaskQueue home;
    private final TaskOptions options;
    private final RemoteCallable<R> task;
    private final boolean bounded;
    private final long deadlineNs;
    /** As it is sent, if it has waited: what it captures is that of when it was submitted. */
    private byte @Nullable [] encoded;

    PooledTask(
            final TaskQueue home,
            final TaskOptions options,
            final RemoteCallable<R> task,
            final @Nullable Duration timeout) {
        this.home = home;
        this.options = options;
        this.task = task;
        this.bounded = timeout != null;
        this.deadlineNs = timeout == null ? 0 : System.nanoTime() + timeout.toNanos();
    }

    TaskOptions options() {
        return options;
    }

    RemoteCallable<R> task() {
        return task;
    }

    /** By what it is put in quarantine. */
    Object kind() {
        return task.origin().getClass();
    }

    boolean mayRunTwice() {
        return options.idempotent() || task.origin().getClass().isAnnotationPresent(Idempotent.class);
    }

    boolean hasDeadline() {
        return bounded;
    }

    /** What is left of its time in nanoseconds; {@link Long#MAX_VALUE} if it has all the time. */
    long remainingNs() {
        return bounded ? deadlineNs - System.nanoTime() : Long.MAX_VALUE;
    }

    void encoded(final byte[] bytes) {
        encoded = bytes;
    }

    byte @Nullable [] encoded() {
        return encoded;
    }

    /** Cancels it if no worker was ever given it; false otherwise, and then nothing was done. */
    boolean cancelIfNotBegun() {
        return !wasAttempted() && home.remove(this) && super.cancel(false);
    }

    @Override
    public boolean cancel(final boolean mayInterruptIfRunning) {
        final boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            home.remove(this);
        }
        return cancelled;
    }

    /** Completes it where the settings say. */
    @SuppressWarnings("unchecked") // the task runner returns what the task returned
    void finish(final @Nullable Object value, final @Nullable Throwable failure, final Executor completion) {
        try {
            completion.execute(() -> {
                if (failure == null) {
                    complete((R) value);
                } else {
                    completeExceptionally(failure);
                }
            });
        } catch (final RuntimeException | Error refused) { // of the user's executor
            completeExceptionally(
                    new CallRejectedException("the completion executor refused to complete a task", refused));
        }
    }
}

package io.outrider.launcher.executor;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A future whose outcome takes one attempt or several, one after the other: cancelling it cancels the attempt that is under way. Futures that
 * depend on it are plain ones. Safe from any thread.
 *
 * @param <R> the result
 */
abstract class AttemptedFuture<R extends @Nullable Object> extends CompletableFuture<R> {
    private @Nullable CompletableFuture<?> attempt; // the last one; guarded by this
    private boolean interrupts; // how it was cancelled; guarded by this

    /** An attempt was begun. */
    final void attempted(final CompletableFuture<?> begun) {
        final boolean late;
        final boolean interrupt;
        synchronized (this) {
            attempt = begun;
            late = isCancelled();
            interrupt = interrupts;
        }
        if (late) {
            begun.cancel(interrupt);
        }
    }

    /** Whether there ever was an attempt. */
    final synchronized boolean wasAttempted() {
        return attempt != null;
    }

    /** Whether the last attempt has no outcome yet. */
    final synchronized boolean isUnderWay() {
        return attempt != null && !attempt.isDone();
    }

    @Override
    public boolean cancel(final boolean mayInterruptIfRunning) {
        synchronized (this) {
            interrupts = mayInterruptIfRunning;
        }
        final boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            final CompletableFuture<?> running;
            synchronized (
                    this) { // read after it was cancelled: whoever begins an attempt looks at that after it has set
                // this
                running = attempt;
            }
            if (running != null) {
                running.cancel(mayInterruptIfRunning);
            }
        }
        return cancelled;
    }

    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}

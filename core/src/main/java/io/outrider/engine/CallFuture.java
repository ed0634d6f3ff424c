package io.outrider.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call: cancelling it cancels the call. Futures that depend on it are plain ones. Safe from any thread.
 *
 * @param <R> the result
 */
public abstract sealed class CallFuture<R> extends CompletableFuture<R> permits AsyncOutcome.Future {
    private @Nullable Runnable action; // guarded by this
    private boolean ended; // guarded by this

    /**
     * Has something run once the worker is done with the call: later than this future is complete where it was cancelled or its deadline has
     * passed, and else just before.
     *
     * @param then must not block and run no code of the user's: whoever polls may run it, and so may the calling thread
     */
    public final void whenEnded(final Runnable then) {
        synchronized (this) {
            if (!ended) {
                action = then;
                return;
            }
        }
        then.run();
    }

    final void callHasEnded() {
        final Runnable then;
        synchronized (this) {
            ended = true;
            then = action;
            action = null;
        }
        if (then != null) {
            then.run();
        }
    }

    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}

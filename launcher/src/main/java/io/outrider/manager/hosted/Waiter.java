package io.outrider.manager.hosted;

import io.outrider.manager.port.WaitPort;
import io.outrider.worker.client.Client;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a client that waits here for an object's state to change: a future in place of a thread. Guarded by the
 * object, except for the future, which is completed outside of that guard.
 *
 * @param <T> the outcome
 */
class Waiter<T extends @Nullable Object> {
    private final Client client;
    private final long thread;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private @Nullable CompletableFuture<Boolean> timer;

    Waiter(final Client client, final long thread) {
        this.client = client;
        this.thread = thread;
    }

    final Client client() {
        return client;
    }

    final long thread() {
        return thread;
    }

    final CompletableFuture<T> outcome() {
        return outcome;
    }

    /** Has something run when the time is up, unless the timer is stopped by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // the action throws nothing
    final void startTimer(final long timeoutNs, final Runnable late) {
        if (timeoutNs != WaitPort.FOR_EVER) {
            final CompletableFuture<Boolean> made =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, timeoutNs, TimeUnit.NANOSECONDS);
            made.thenAccept(isUp -> {
                if (isUp) {
                    ForkJoinPool.commonPool().execute(late); // the thread of the timers is for all
                }
            });
            timer = made;
        }
    }

    /** Forgets the timer: by completing it, since cancelling would leave it in the queue of timers. */
    final void stopTimer() {
        if (timer != null) {
            timer.complete(false);
        }
    }
}

package io.outrider.engine;

import io.outrider.error.CallRejectedException;
import io.outrider.marshal.ValueKinds;
import io.outrider.stub.ObjectRef;
import io.outrider.telemetry.Log;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the outcome of a call goes that nobody waits for: a future, completed on an executor that the caller named. Cancelling the future
 * cancels the call.
 */
final class AsyncOutcome<R> implements OutcomeSink {
    private static final Log LOG = Log.of(AsyncOutcome.class);
    private static final long RETRY_NS = 1_000_000;

    private final Future<R> future = new Future<>(this);
    private final CallClient client;
    private final PendingCall call; // this outcome's as long as it is not taken
    private final String what;
    private final Executor completion;
    private boolean taken; // the call was finished or given up; guarded by this

    AsyncOutcome(final CallClient client, final PendingCall call, final Executor completion) {
        this.client = client;
        this.call = call;
        this.completion = completion;
        this.what = call.hasDeadline() ? call.toString() : ""; // while the slot is surely this call's
    }

    CallFuture<R> future() {
        return future;
    }

    /** Cancels its call with itself. */
    static final class Future<R> extends CallFuture<R> {
        private final AsyncOutcome<R> outcome;

        Future(final AsyncOutcome<R> outcome) {
            this.outcome = outcome;
        }

        @Override
        public boolean cancel(final boolean mayInterruptIfRunning) {
            final boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                outcome.cancelCall(mayInterruptIfRunning);
            }
            return cancelled;
        }
    }

    /** Sends the cancel while the slot is surely this call's; where there is no room for it, tries again until there is. */
    private synchronized void cancelCall(final boolean interrupt) {
        if (taken || !call.isWaiting()) {
            return; // its outcome is here
        }
        if (client.sender().trySendCancel(call, interrupt) == FrameSender.BACK_PRESSURED) {
            CompletableFuture.delayedExecutor(RETRY_NS, TimeUnit.NANOSECONDS).execute(() -> cancelCall(interrupt));
        } else {
            giveUp(interrupt, call.toString());
        }
    }

    private synchronized boolean giveUp(final boolean interrupted, final String description) {
        if (taken) {
            return false;
        }
        final long correlationId = call.correlationId();
        if (!call.abandon()) {
            return false;
        }
        taken = true;
        if (interrupted) {
            client.stuckCalls().watch(correlationId, description);
        }
        return true;
    }

    /** Fails the future if its outcome does not come in time; the worker interrupts the method by itself. */
    @SuppressWarnings("FutureReturnValueIgnored") // neither action throws
    void expireAfter(final long remainingNs, final long timeoutNs) {
        final CompletableFuture<Void> timer =
                new CompletableFuture<Void>().completeOnTimeout(null, remainingNs, TimeUnit.NANOSECONDS);
        timer.thenRunAsync(
                () -> {
                    if (giveUp(true, what)) {
                        future.completeExceptionally(client.timeout(what, timeoutNs));
                    }
                },
                completion);
        // Or else each call would be kept for the whole of its time, however soon it was answered.
        future.whenComplete((value, failure) -> timer.cancel(false));
    }

    @Override
    public void completed(final PendingCall completed) {
        client.poller().deliverLater(completed);
    }

    @Override
    public void dropped() {
        future.callHasEnded();
    }

    /** For the poller, once it no longer holds the poll role: has the outcome read and the future completed elsewhere. */
    void deliver() {
        try {
            completion.execute(this::finish);
        } catch (final RuntimeException
                | Error refused) { // of the user's executor, on the thread of somebody else's call
            if (take()) {
                call.own();
                final String text = "the completion executor refused to complete the call " + call;
                client.end(call);
                future.callHasEnded();
                future.completeExceptionally(new CallRejectedException(text, refused));
            } else {
                LOG.warn("a completion executor failed after it had completed a call", refused);
            }
        }
    }

    private synchronized boolean take() {
        final boolean first = !taken;
        taken = true;
        return first;
    }

    @SuppressWarnings("unchecked") // the contract's method returns R: that is how the future was made
    private void finish() {
        if (!take()) {
            return; // refused before, and run all the same: the slot is another call's by now
        }
        call.own();
        final @Nullable Object value;
        try {
            client.openOutcome(call);
            final ObjectRef ref = call.ref();
            final Method method = ref.contract().method(call.method()).method();
            value = ValueKinds.read(method.getReturnType(), call.result());
        } catch (final Throwable failure) {
            client.end(call);
            future.callHasEnded();
            future.completeExceptionally(failure);
            return;
        }
        client.end(call);
        future.callHasEnded();
        future.complete((R) value);
    }
}

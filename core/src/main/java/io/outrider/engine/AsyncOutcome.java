package io.outrider.engine;

import io.outrider.error.CallRejectedException;
import io.outrider.stub.ObjectRef;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the outcome of a call goes that nobody waits for: a future, completed on an executor that the caller named. */
final class AsyncOutcome<R> implements OutcomeSink {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncOutcome.class);

    private final CompletableFuture<R> future = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CallClient client;
    private final Executor completion;

    AsyncOutcome(final CallClient client, final Executor completion) {
        this.client = client;
        this.completion = completion;
    }

    CompletableFuture<R> future() {
        return future;
    }

    @Override
    public void completed(final PendingCall call) {
        client.poller().deliverLater(call);
    }

    /** For the poller, once it no longer holds the poll role: has the outcome read and the future completed elsewhere. */
    void deliver(final PendingCall call) {
        try {
            completion.execute(() -> finish(call));
        } catch (final RuntimeException | Error refused) { // of the user's executor, on the thread of somebody else's call
            if (taken.compareAndSet(false, true)) {
                call.own();
                final String text = "the completion executor refused to complete the call " + call;
                client.end(call);
                future.completeExceptionally(new CallRejectedException(text, refused));
            } else {
                LOG.warn("a completion executor failed after it had completed a call", refused);
            }
        }
    }

    @SuppressWarnings("unchecked") // the contract's method returns R: that is how the future was made
    private void finish(final PendingCall call) {
        if (!taken.compareAndSet(false, true)) {
            return; // refused before, and run all the same: the slot is another call's by now
        }
        call.own();
        final @Nullable Object value;
        try {
            client.openOutcome(call);
            final ObjectRef ref = call.ref();
            final Method method = ref.contract().methods().get(call.method()).method();
            value = ValueKinds.read(method.getReturnType(), call.result());
        } catch (final Throwable failure) {
            client.end(call);
            future.completeExceptionally(failure);
            return;
        }
        client.end(call);
        future.complete((R) value);
    }
}

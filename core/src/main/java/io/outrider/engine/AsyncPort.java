package io.outrider.engine;

import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Records the one call that is made on a stub, to send it without waiting for it. For one thread and one call. */
final class AsyncPort implements CallPort {
    private final CallClient client;
    private @Nullable PendingCall recorded;
    private @Nullable IllegalArgumentException misuse;
    private boolean begun;

    AsyncPort(final CallClient client) {
        this.client = client;
    }

    /** Whether a call was recorded that can be sent. */
    boolean hasCall() {
        return recorded != null && misuse == null;
    }

    /** Gives up what was recorded, and says what was wrong with it; null if nothing was. */
    @Nullable
    IllegalArgumentException abort() {
        final PendingCall call = recorded;
        if (call != null) {
            recorded = null;
            client.end(call);
        }
        return misuse;
    }

    /** Sends the call that was recorded. */
    CompletableFuture<?> send(final Executor completion) {
        final PendingCall call = recorded;
        if (call == null) {
            throw new IllegalStateException("no call was recorded");
        }
        recorded = null;
        try {
            return client.invokeAsync(call, completion);
        } catch (final RuntimeException | Error failure) {
            client.end(call);
            throw failure;
        }
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        if (begun) {
            misuse = new IllegalArgumentException("async(...) makes one call, and this function made a second on " + ref
                    + ": use async(...) for each; none was sent");
            throw misuse;
        }
        begun = true;
        return client.begin(ref, method);
    }

    @Override
    public boolean invoke(final OutgoingCall call) {
        recorded = (PendingCall) call;
        return false;
    }

    @Override
    public @Nullable CompletableFuture<?> defer(final OutgoingCall call) {
        misuse = new IllegalArgumentException("async(...) is for methods that return a value, and " + call
                + " returns a future by itself: call it on the stub; it was not sent");
        throw misuse;
    }

    @Override
    public void end(final OutgoingCall call) {
        throw new IllegalStateException("a call without a result to read does not end here");
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        return client.fail(call, failure);
    }
}

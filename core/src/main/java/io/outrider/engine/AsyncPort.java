package io.outrider.engine;

import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends the one call that is made on a stub without waiting for it. For one thread and one call. */
final class AsyncPort implements CallPort {
    private final CallClient client;
    private final Executor completion;
    private @Nullable CompletableFuture<?> future;
    private boolean begun;

    AsyncPort(final CallClient client, final Executor completion) {
        this.client = client;
        this.completion = completion;
    }

    @Nullable
    CompletableFuture<?> future() {
        return future;
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        if (begun) {
            throw new IllegalArgumentException("async(...) makes one call, and this function made a second on " + ref
                    + ": use async(...) for each");
        }
        begun = true;
        return client.begin(ref, method);
    }

    @Override
    public boolean invoke(final OutgoingCall call) {
        future = client.invokeAsync((PendingCall) call, completion);
        return false;
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

package io.outrider.engine;

import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Makes calls whose results somebody else takes when their callers have given them up. Safe from any thread. */
final class LateResults implements CallPort {
    private final CallClient client;
    private final LongConsumer taker;

    LateResults(final CallClient client, final LongConsumer taker) {
        this.client = client;
        this.taker = taker;
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        final OutgoingCall call = client.begin(ref, method);
        ((PendingCall) call).lateTo(taker);
        return call;
    }

    @Override
    public boolean invoke(final OutgoingCall call) {
        return client.invoke(call);
    }

    @Override
    public CompletableFuture<?> defer(final OutgoingCall call) {
        return client.defer(call);
    }

    @Override
    public void end(final OutgoingCall call) {
        client.end(call);
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        return client.fail(call, failure);
    }
}

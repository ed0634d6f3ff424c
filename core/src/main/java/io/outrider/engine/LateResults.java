package io.outrider.engine;

import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * Makes calls whose result, a long, must not be lost: if the caller gives one up and the result comes all the same, somebody else takes it.
 * Safe from any thread.
 */
public final class LateResults implements CallPort {
    private final CallClient client;
    private final LongConsumer taker;

    /**
     * @param client where calls go
     * @param taker is given late results, by whoever polls
     */
    public LateResults(final CallClient client, final LongConsumer taker) {
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

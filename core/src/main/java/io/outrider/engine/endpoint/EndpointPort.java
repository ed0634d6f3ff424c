package io.outrider.engine.endpoint;

import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where the stubs of one endpoint send their calls: over its link, which the first of them makes. */
final class EndpointPort implements CallPort {
    private final Endpoint endpoint;

    EndpointPort(final Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        return endpoint.client().begin(ref, method);
    }

    @Override
    public boolean invoke(final OutgoingCall call) {
        return endpoint.client().invoke(call);
    }

    @Override
    public @Nullable CompletableFuture<?> defer(final OutgoingCall call) {
        return endpoint.client().defer(call);
    }

    @Override
    public @Nullable Object open(final OutgoingCall call) {
        return endpoint.client().open(call);
    }

    @Override
    public void end(final OutgoingCall call) {
        endpoint.client().end(call);
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        return endpoint.client().fail(call, failure);
    }
}

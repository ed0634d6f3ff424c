package io.outrider.engine;

import io.outrider.stub.CallPort;
import io.outrider.stub.OutgoingCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A port that also sends calls without waiting for their outcome. Safe from any thread; one call belongs to one thread. */
public interface AsyncCallPort extends CallPort {
    /**
     * Sends a call.
     *
     * @param call from {@link #begin}, which the port ends from now on
     * @param completion where the future is completed
     * @return completes with the outcome
     * @throws io.outrider.error.OutriderException if it can't be sent, and then the call was not ended
     */
    CompletableFuture<?> sendAsync(OutgoingCall call, Executor completion);

    @Override
    CompletableFuture<?> defer(OutgoingCall call);
}

package io.outrider.worker.host;

import io.outrider.telemetry.Log;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call whose method has returned a stage: whoever claims it answers it, when the stage is complete or gets cancelled. Safe from any thread. */
final class DeferredCall {
    private static final Log LOG = Log.of(DeferredCall.class);

    private final CallKey key;
    private final ClientLink client;
    private final CompletionStage<?> stage;
    private final boolean bounded;
    private final long deadlineNs;
    private final String what;
    private final AtomicBoolean claimed = new AtomicBoolean();

    /**
     * @param key of the call
     * @param client whose it is
     * @param stage its outcome
     * @param remainingNs how long it has, in nanoseconds, or {@link Long#MAX_VALUE}
     * @param what for messages
     */
    DeferredCall(
            final CallKey key,
            final ClientLink client,
            final CompletionStage<?> stage,
            final long remainingNs,
            final String what) {
        this.key = key;
        this.client = client;
        this.stage = stage;
        this.bounded = remainingNs != Long.MAX_VALUE;
        this.deadlineNs = System.nanoTime() + remainingNs;
        this.what = what;
    }

    CallKey key() {
        return key;
    }

    ClientLink client() {
        return client;
    }

    long remainingNs() {
        return bounded ? deadlineNs - System.nanoTime() : Long.MAX_VALUE;
    }

    /** Whether the caller of this is the one to answer. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    void cancelStage() {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (final RuntimeException unable) { // of the user's: a stage need not be a future
            LOG.debug("the stage that {} returned can't be cancelled", what, unable);
        }
    }

    @Override
    public String toString() {
        return what;
    }
}

package io.outrider.engine;

import io.outrider.config.LinkConfig;
import io.outrider.config.OnStuck;
import io.outrider.telemetry.Log;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls that were given up, and whose methods may ignore that they were interrupted. Safe from any thread. */
final class StuckCalls {
    private static final Log LOG = Log.of(StuckCalls.class);

    private final LinkConfig config;
    private final PendingCalls calls;
    private final CallClient client;
    private volatile Consumer<String> listener = LOG::warn;

    StuckCalls(final LinkConfig config, final PendingCalls calls, final CallClient client) {
        this.config = config;
        this.calls = calls;
        this.client = client;
    }

    /** Who is told, where the settings say {@code KILL}. */
    void onStuck(final Consumer<String> told) {
        listener = told;
    }

    /** For a call that was just given up, and whose method is being interrupted: sees to it that this comes to an end. */
    void watch(final long correlationId, final String what) {
        if (config.onStuck() == OnStuck.KILL && !client.hasEnded()) {
            final Duration grace = config.stuckTimeout();
            CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> reportIfStuck(
                            correlationId, what + " has ignored for " + grace + " that it was interrupted"));
        }
    }

    private void reportIfStuck(final long correlationId, final String report) {
        final PendingCall call = calls.find(correlationId);
        if (call != null && call.isAbandoned() && !client.hasEnded()) { // its outcome would have freed it
            listener.accept(report);
        }
    }
}

package io.outrider.perf.ours.queue;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** A string each way; both sides spin. */
public final class QueueString extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public QueueString() {
        super("outrider.queue.call.string", "queue", WaitStrategy.SPIN, Call.STRING);
    }
}

package io.outrider.perf.ours.queue;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** Primitives each way; both sides spin. */
public final class QueuePrimitive extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public QueuePrimitive() {
        super("outrider.queue.call.primitive", "queue", WaitStrategy.SPIN, Call.PRIMITIVE);
    }
}

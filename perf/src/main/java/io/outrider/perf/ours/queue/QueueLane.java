package io.outrider.perf.ours.queue;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** Primitives each way by the lanes, as calls go that are not waited for or too long; both sides spin. */
public final class QueueLane extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public QueueLane() {
        super("outrider.queue.call.lane", "queue", WaitStrategy.SPIN, Call.PRIMITIVE, false);
    }
}

package io.outrider.perf.ours.queue;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** Primitives each way; both sides wait as they do unless told otherwise. */
public final class QueueAdaptive extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public QueueAdaptive() {
        super("outrider.queue.call.adaptive", "queue", WaitStrategy.ADAPTIVE, Call.PRIMITIVE);
    }
}

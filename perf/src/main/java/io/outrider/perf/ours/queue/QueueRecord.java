package io.outrider.perf.ours.queue;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** A record of four fields each way; both sides spin. */
public final class QueueRecord extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public QueueRecord() {
        super("outrider.queue.call.record", "queue", WaitStrategy.SPIN, Call.RECORD);
    }
}

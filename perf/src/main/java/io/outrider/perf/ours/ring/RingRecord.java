package io.outrider.perf.ours.ring;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** A record of four fields each way; both sides spin. */
public final class RingRecord extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public RingRecord() {
        super("outrider.ring.call.record", "ring", WaitStrategy.SPIN, Call.RECORD);
    }
}

package io.outrider.perf.ours.ring;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** Primitives each way through a future; both sides spin. */
public final class RingAsync extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public RingAsync() {
        super("outrider.ring.call.async", "ring", WaitStrategy.SPIN, Call.ASYNC);
    }
}

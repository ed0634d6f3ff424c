package io.outrider.perf.ours.ring;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** Primitives each way; both sides spin. */
public final class RingPrimitive extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public RingPrimitive() {
        super("outrider.ring.call.primitive", "ring", WaitStrategy.SPIN, Call.PRIMITIVE);
    }
}

package io.outrider.perf.ours.ring;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** Primitives each way by the lanes, as calls go that are not waited for or too long; both sides spin. */
public final class RingLane extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public RingLane() {
        super("outrider.ring.call.lane", "ring", WaitStrategy.SPIN, Call.PRIMITIVE, false);
    }
}

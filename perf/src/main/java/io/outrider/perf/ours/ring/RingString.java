package io.outrider.perf.ours.ring;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** A string each way; both sides spin. */
public final class RingString extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public RingString() {
        super("outrider.ring.call.string", "ring", WaitStrategy.SPIN, Call.STRING);
    }
}

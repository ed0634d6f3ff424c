package io.outrider.perf.ours.ring;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.ours.Call;
import io.outrider.perf.ours.OutriderCall;

/** Primitives each way; both sides wait as they do unless told otherwise. */
public final class RingAdaptive extends OutriderCall {
    /** For {@link java.util.ServiceLoader}. */
    public RingAdaptive() {
        super("outrider.ring.call.adaptive", "ring", WaitStrategy.ADAPTIVE, Call.PRIMITIVE);
    }
}

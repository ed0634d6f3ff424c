package io.outrider.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A point in monotonic time, or none. */
record Deadline(boolean bounded, long atNs) {
    static final Deadline NONE = new Deadline(false, 0);

    static Deadline after(final @Nullable Duration timeout) {
        return timeout == null ? NONE : new Deadline(true, System.nanoTime() + timeout.toNanos());
    }

    boolean hasPassed() {
        return bounded && System.nanoTime() - atNs >= 0;
    }

    /** The time that is left, but no more than a bound. */
    long remainingNs(final long boundNs) {
        return bounded ? Math.max(0, Math.min(boundNs, atNs - System.nanoTime())) : boundNs;
    }
}

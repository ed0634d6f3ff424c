package io.outrider.perf.bench;

import java.time.Duration;

/**
 * How much of each contender a round sees.
 *
 * @param warmUp excluded from the figures
 * @param measured for how long calls are then timed
 * @param maxCalls at most so many are timed
 */
public record Plan(Duration warmUp, Duration measured, int maxCalls) {
    /** For figures to publish. */
    public static final Plan FULL = new Plan(Duration.ofSeconds(3), Duration.ofSeconds(3), 4_000_000);
    /** For a look. */
    public static final Plan QUICK = new Plan(Duration.ofMillis(1_000), Duration.ofMillis(700), 1_000_000);
}

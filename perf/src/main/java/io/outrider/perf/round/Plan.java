package io.outrider.perf.round;

import java.time.Duration;
import java.util.List;

/**
 * How much of each contender a round sees.
 *
 * @param warmUp excluded from the figures
 * @param measured for how long calls are then timed
 * @param maxCalls at most so many are timed
 * @param pace when each call is made
 * @param interval between the intended starts of two calls, or before each call, if the pace asks for one
 */
public record Plan(Duration warmUp, Duration measured, int maxCalls, Pace pace, Duration interval) {
    /** For figures to publish. */
    public static final Plan FULL =
            new Plan(Duration.ofSeconds(3), Duration.ofSeconds(3), 4_000_000, Pace.CLOSED, Duration.ZERO);
    /** For a look. */
    public static final Plan QUICK =
            new Plan(Duration.ofMillis(1_000), Duration.ofMillis(700), 1_000_000, Pace.CLOSED, Duration.ZERO);

    /** Longer than anything but a start: probes choose their own times, up to this. */
    private static final Duration PROBE = Duration.ofMinutes(5);

    /**
     * The same at another pace.
     *
     * @param another pace
     * @param between two calls
     * @return the plan
     */
    public Plan at(final Pace another, final Duration between) {
        return new Plan(warmUp, measured, maxCalls, another, between);
    }

    /** Whether this is for a look. */
    boolean isQuick() {
        return measured.compareTo(FULL.measured) < 0;
    }

    Duration limit() {
        return warmUp.plus(measured).plus(PROBE);
    }

    List<String> words() {
        return List.of(
                warmUp.toString(), measured.toString(), Integer.toString(maxCalls), pace.name(), interval.toString());
    }

    static Plan parse(final List<String> words) {
        return new Plan(
                Duration.parse(words.get(0)),
                Duration.parse(words.get(1)),
                Integer.parseInt(words.get(2)),
                Pace.valueOf(words.get(3)),
                Duration.parse(words.get(4)));
    }
}

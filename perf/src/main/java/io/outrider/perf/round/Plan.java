package io.outrider.perf.round;

import java.time.Duration;
import java.util.List;

/**
 * How much of each contender a round sees.
 *
 * @param quick whether this is for a look, and probes may be less precise
 * @param warmUp excluded from the figures
 * @param measured for how long calls are then timed
 * @param maxCalls at most so many are timed: more than any contender makes in that time, unless the user wants fewer
 * @param pace when each call is made
 * @param interval between the intended starts of two calls, or before each call, if the pace asks for one
 */
public record Plan(boolean quick, Duration warmUp, Duration measured, int maxCalls, Pace pace, Duration interval) {
    /** For figures to publish. */
    public static final Plan FULL =
            new Plan(false, Duration.ofSeconds(3), Duration.ofSeconds(3), 25_000_000, Pace.CLOSED, Duration.ZERO);
    /** For a look. */
    public static final Plan QUICK =
            new Plan(true, Duration.ofMillis(1_000), Duration.ofMillis(700), 6_000_000, Pace.CLOSED, Duration.ZERO);

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
        return new Plan(quick, warmUp, measured, maxCalls, another, between);
    }

    Duration limit() {
        return warmUp.plus(measured).plus(PROBE);
    }

    List<String> words() {
        return List.of(
                Boolean.toString(quick),
                warmUp.toString(),
                measured.toString(),
                Integer.toString(maxCalls),
                pace.name(),
                interval.toString());
    }

    static Plan parse(final List<String> words) {
        return new Plan(
                Boolean.parseBoolean(words.get(0)),
                Duration.parse(words.get(1)),
                Duration.parse(words.get(2)),
                Integer.parseInt(words.get(3)),
                Pace.valueOf(words.get(4)),
                Duration.parse(words.get(5)));
    }
}

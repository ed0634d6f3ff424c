package io.outrider.perf.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts values on an axis, each power of ten as long as the next.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}
 * @param from in pixels
 * @param to in pixels
 */
record LogScale(double low, double high, double from, double to) {
    private static final double SLACK = 1e-9;

    /** Where a value is; beyond the ends it stays at them. */
    double at(final double value) {
        final double share = Math.log(Math.max(low, Math.min(high, value)) / low) / Math.log(high / low);
        return from + share * (to - from);
    }

    /** One, two and five of each power of ten between the ends. */
    List<Double> ticks() {
        final List<Double> ticks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(low))); decade <= high; decade *= 10) {
            for (final int step : new int[] {1, 2, 5}) {
                final double tick = decade * step;
                if (tick >= low * (1 - SLACK) && tick <= high * (1 + SLACK)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** Whether a tick is a power of ten. */
    static boolean isDecade(final double tick) {
        final double exponent = Math.log10(tick);
        return Math.abs(exponent - Math.rint(exponent)) < SLACK;
    }
}

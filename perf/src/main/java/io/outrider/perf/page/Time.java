package io.outrider.perf.page;

import java.util.Locale;

/** Writes nanoseconds for people. */
final class Time {
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private Time() {}

    /** Three digits and a unit. */
    static String of(final double nanos) {
        if (nanos < MICRO) {
            return digits(nanos) + " ns";
        }
        if (nanos < MILLI) {
            return digits(nanos / MICRO) + " µs";
        }
        return nanos < SECOND ? digits(nanos / MILLI) + " ms" : digits(nanos / SECOND) + " s";
    }

    /** For an axis: no digit more than needed. */
    static String tick(final double nanos) {
        final double value = nanos < MICRO ? nanos : nanos < MILLI ? nanos / MICRO : nanos / MILLI;
        final String unit = nanos < MICRO ? " ns" : nanos < MILLI ? " µs" : " ms";
        return String.format(Locale.ROOT, "%.0f", value) + unit;
    }

    private static String digits(final double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}

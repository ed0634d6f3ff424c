package io.outrider.launcher.cli.demo;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares what the workers computed with what it must be, and collects what differs. For one thread. */
final class Checks {
    private static final double TOLERANCE = 1e-9;

    private final List<String> differences = new ArrayList<>();
    private int made;

    /** The same computed in two ways. */
    void equal(final String transport, final StationReport report, final StationReport local) {
        final String origin = "computed here";
        equal(transport, "the number of readings", report.readings(), local.readings(), origin);
        equal(transport, "the mean", report.mean(), local.mean(), origin);
        equal(transport, "the minimum", report.minimum(), local.minimum(), origin);
        equal(transport, "the maximum", report.maximum(), local.maximum(), origin);
        equal(transport, "the highest 24-hour mean", report.dayMean(), local.dayMean(), origin);
        for (final Month month : Month.values()) {
            equal(
                    transport,
                    "the mean of " + name(month),
                    report.months().getOrDefault(month.getValue(), Double.NaN),
                    local.months().getOrDefault(month.getValue(), Double.NaN),
                    origin);
        }
    }

    /** What was computed and what is known. */
    void equal(final String transport, final StationReport report, final KnownValues known) {
        final String origin = "known";
        equal(transport, "the number of readings", report.readings(), known.readings(), origin);
        equal(transport, "the mean", report.mean(), known.mean(), origin);
        equal(transport, "the minimum", report.minimum(), known.minimum(), origin);
        equal(transport, "the maximum", report.maximum(), known.maximum(), origin);
        equal(
                transport,
                "the mean of " + name(Month.JULY),
                report.months().getOrDefault(Month.JULY.getValue(), Double.NaN),
                known.july(),
                origin);
        equal(transport, "the highest 24-hour mean", report.dayMean(), known.dayMean(), origin);
    }

    /** A fact, with what to say where it does not hold. */
    void that(final boolean holds, final String otherwise) {
        made++;
        if (!holds) {
            differences.add(otherwise);
        }
    }

    private void equal(
            final String transport, final String what, final double value, final double expected, final String origin) {
        // Not "greater than": a mean of no readings is no number, and compares false with everything.
        that(
                Math.abs(value - expected) <= TOLERANCE,
                "on " + transport + ", " + what + " is " + value + ", but " + expected + " is " + origin);
    }

    private static String name(final Month month) {
        return month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    int made() {
        return made;
    }

    List<String> differences() {
        return List.copyOf(differences);
    }
}

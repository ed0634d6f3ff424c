package io.outrider.launcher.cli.demo;

import io.outrider.api.RemoteStream;
import java.util.List;
import java.util.PrimitiveIterator;

/** The means of 24 hours, which two workers compute one after the other while this process takes them; slowly for a moment. */
final class StreamDemo {
    /** How many means a worker may be ahead. */
    static final int WINDOW = 64;

    private static final int KNOWN_MEANS = 8_736;
    private static final double KNOWN_MAXIMUM = 19.025;
    private static final double KNOWN_MINIMUM = 4.066666667;
    private static final double NINE_DECIMALS = 5.1e-10;
    private static final int TAKEN_SLOWLY = 24;

    private final Checks checks;

    StreamDemo(final Checks checks) {
        this.checks = checks;
    }

    /**
     * What was read.
     *
     * @param values how many means
     * @param minimum of them
     * @param maximum of them
     * @param taken how many had been taken when the worker was asked how many it had computed
     * @param computed its answer
     */
    record Report(int values, double minimum, double maximum, int taken, int computed) {}

    /** Takes the means of each month from the station that answers for it, and checks them. */
    Report run(final String transport, final List<WeatherStation> stations, final WeatherStation local) {
        final Report slowly = takeSlowly(stations.get(0));
        int values = 0;
        double minimum = Double.MAX_VALUE;
        double maximum = -Double.MAX_VALUE;
        int wrong = 0;
        for (int month = 1; month <= 12; month++) {
            final PrimitiveIterator.OfDouble expected = local.dayMeans(month);
            for (final WeatherStation station : stations) {
                try (RemoteStream.OfDouble means = station.dayMeans(month)) {
                    while (means.hasNext()) {
                        final double mean = means.nextDouble();
                        wrong += expected.hasNext() && expected.nextDouble() == mean ? 0 : 1;
                        values++;
                        minimum = Math.min(minimum, mean);
                        maximum = Math.max(maximum, mean);
                    }
                }
            }
            wrong += expected.hasNext() ? 1 : 0;
        }
        final Report report = new Report(values, minimum, maximum, slowly.taken(), slowly.computed());
        check(transport, report, wrong);
        return report;
    }

    private static Report takeSlowly(final WeatherStation station) {
        final int before = station.dayMeansComputed();
        try (RemoteStream.OfDouble means = station.dayMeans(1)) {
            int computed = 0;
            for (int taken = 1; taken <= TAKEN_SLOWLY; taken++) {
                means.nextDouble();
                computed = station.dayMeansComputed() - before; // in between, on the same object
            }
            return new Report(0, 0, 0, TAKEN_SLOWLY, computed);
        }
    }

    private void check(final String transport, final Report report, final int wrong) {
        final String on = "on " + transport + ", ";
        checks.that(wrong == 0, on + wrong + " means of 24 hours differ from those computed here");
        checks.that(report.values() == KNOWN_MEANS, on + report.values() + " means came, not " + KNOWN_MEANS);
        checks.that(
                Math.abs(report.maximum() - KNOWN_MAXIMUM) < NINE_DECIMALS,
                on + "the highest mean of 24 hours is " + report.maximum());
        checks.that(
                Math.abs(report.minimum() - KNOWN_MINIMUM) < NINE_DECIMALS,
                on + "the lowest mean of 24 hours is " + report.minimum());
        checks.that(
                report.computed() <= report.taken() + WINDOW + 1,
                on + report.computed() + " means were computed when " + report.taken() + " had been taken");
    }
}

package io.outrider.launcher.cli.demo;

import io.outrider.api.Loan;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;

/** A year of temperatures as one loan: filled here, transformed in place there, and read here again. */
final class YearInALoan {
    /** A day comes round so often in a year of readings, the shortest and the longest that still count as one. */
    private static final int LONGEST_DAY_HOURS = 28;

    private static final int SHORTEST_DAY_HOURS = 20;
    private static final int DAYS = 365;

    private final Readings readings;
    private final Page page;
    private final Checks checks;

    YearInALoan(final Readings readings, final Page page, final Checks checks) {
        this.readings = readings;
        this.page = page;
        this.checks = checks;
    }

    /** Hands the year to a worker and looks at what comes back. */
    void handOver(final RemoteExecutor workers, final String transport, final Progress progress) {
        final int count = readings.count();
        try (RemoteObject<Spectrum> spectrum = workers.create(Spectrum.class, Spectrum.Fourier::new);
                Loan year = spectrum.arena().loan(Spectrum.bytesFor(count))) {
            for (int i = 0; i < count; i++) {
                year.buffer().putDouble(i * Double.BYTES, readings.temperature(i));
            }
            try (Loan transformed = spectrum.stub().transform(year, count)) {
                progress.clear();
                final int strongest = strongestDay(transformed, count);
                page.line(
                        "  The year as one loan of %,d bytes on %s: in its spectrum, by pid %d, the strongest day comes"
                                + " %d times, by %.3f degrees.",
                        transformed.length(),
                        transport,
                        spectrum.stub().pid(),
                        strongest,
                        amplitude(transformed, count, strongest));
                checks.that(
                        strongest == DAYS,
                        "on " + transport + ", the strongest period within a day's band is " + strongest
                                + " cycles a year, but " + DAYS + " is known");
            }
        }
    }

    private static int strongestDay(final Loan transformed, final int count) {
        int strongest = count / LONGEST_DAY_HOURS;
        for (int cycles = strongest; cycles <= count / SHORTEST_DAY_HOURS; cycles++) {
            if (amplitude(transformed, count, cycles) > amplitude(transformed, count, strongest)) {
                strongest = cycles;
            }
        }
        return strongest;
    }

    private static double amplitude(final Loan transformed, final int count, final int cycles) {
        return transformed.buffer().getDouble((count + cycles) * Double.BYTES);
    }
}

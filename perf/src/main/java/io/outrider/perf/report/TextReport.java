package io.outrider.perf.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints a report as tables. */
public final class TextReport {
    private static final double NANOS = 1_000;

    private TextReport() {}

    /**
     * Prints it.
     *
     * @param report what was found
     * @param out where to
     */
    public static void print(final Report report, final PrintStream out) {
        out.printf(
                "%s; %s, %d cores; %d rounds%s%n",
                report.machine().jdk(),
                report.machine().cpu(),
                report.machine().cores(),
                report.rounds(),
                report.caution());
        if (report.machine().isBusy()) {
            out.printf(
                    Locale.ROOT,
                    "The machine was not idle (load average %.2f before the run): these figures are noisy.%n",
                    report.machine().load());
        }
        final List<LatencyResult> latencies = report.latencies();
        if (!latencies.isEmpty()) {
            out.printf(
                    "%-31s %9s %9s %9s %9s %9s %9s %8s %8s %8s%n",
                    "microseconds", "p50", "p90", "p99", "p99.9", "p99.99", "max", "spread", "B caller", "B worker");
            latencies.forEach(result -> printRow(result, out));
        }
        for (final ScalarResult result : report.scalars()) {
            out.printf(
                    Locale.ROOT,
                    "%-45s %,18.2f %-14s spread %,.2f%n",
                    result.name(),
                    result.value(),
                    result.unit(),
                    result.spread());
        }
        printBounds(report, out);
        report.failures()
                .forEach(failure -> out.printf(
                        "%s failed in round %d: its figures are of the rounds before, if any%n",
                        failure.name(), failure.round()));
    }

    private static void printBounds(final Report report, final PrintStream out) {
        final List<Bounds.Line> lines = Bounds.of(report);
        if (!lines.isEmpty()) {
            out.printf("%-78s %-24s %s%n", "bounds", "is", "must be");
        }
        for (final Bounds.Line line : lines) {
            out.printf("%-78s %-24s %s%s%n", line.what(), line.is(), line.mustBe(), line.holds() ? "" : "   MISSED");
        }
    }

    private static void printRow(final LatencyResult result, final PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-31s %9.3f %9.3f %9.3f %9.3f %9.3f %9.3f %8.3f %8.2f %8.2f%n",
                result.name(),
                result.figure("p50") / NANOS,
                result.figure("p90") / NANOS,
                result.figure("p99") / NANOS,
                result.figure("p999") / NANOS,
                result.figure("p9999") / NANOS,
                result.figure("max") / NANOS,
                result.figure("spread") / NANOS,
                result.figure("bytesPerOpCaller"),
                result.figure("bytesPerOpWorker"));
    }
}

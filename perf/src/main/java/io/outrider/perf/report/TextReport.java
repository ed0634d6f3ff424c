package io.outrider.perf.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Prints a report as tables. */
public final class TextReport {
    private static final String HEAD = "%-31s %9s %9s %9s %9s %9s %9s %8s %8s %8s%n";
    private static final String ROW = "%-31s %9.3f %9.3f %9.3f %9.3f %9.3f %9.3f %8.3f %8.2f %8.2f%n";

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
                report.quick() ? ", quick" : "");
        if (report.machine().isBusy()) {
            out.printf(
                    Locale.ROOT,
                    "The machine was not idle (load average %.2f before the run): these figures are noisy.%n",
                    report.machine().load());
        }
        final List<LatencyResult> latencies = report.latencies();
        if (!latencies.isEmpty()) {
            out.printf(
                    HEAD,
                    "microseconds",
                    "p50",
                    "p90",
                    "p99",
                    "p99.9",
                    "p99.99",
                    "max",
                    "spread",
                    "B caller",
                    "B worker");
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
    }

    private static void printRow(final LatencyResult result, final PrintStream out) {
        final var figures = result.figures();
        out.printf(
                Locale.ROOT,
                ROW,
                result.name(),
                micros(figures.get("p50")),
                micros(figures.get("p90")),
                micros(figures.get("p99")),
                micros(figures.get("p999")),
                micros(figures.get("p9999")),
                micros(figures.get("max")),
                micros(figures.get("spread")),
                figures.get("bytesPerOpCaller").doubleValue(),
                figures.get("bytesPerOpWorker").doubleValue());
    }

    private static double micros(final Number nanos) {
        return nanos.doubleValue() / 1_000;
    }
}

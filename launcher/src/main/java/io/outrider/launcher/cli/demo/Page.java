package io.outrider.launcher.cli.demo;

import java.io.PrintWriter;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the demonstration prints, in ASCII so that every terminal shows it. For one thread. */
final class Page {
    private static final int MONTHS_IN_HALF = 6;

    private final PrintWriter out;

    Page(final PrintWriter out) {
        this.out = out;
    }

    void line(final String format, final @Nullable Object... arguments) {
        out.printf(Locale.ROOT, format + "%n", arguments);
        out.flush();
    }

    /** Two halves and what follows from them, each under the process that computed it. */
    void summary(final StationReport first, final StationReport second, final StationReport year) {
        final List<StationReport> columns = List.of(first, second, year);
        line("  degrees Celsius      January to June  July to December        whole year");
        row("computed by", columns.stream().map(Page::process).toList());
        row(
                "readings",
                columns.stream().map(each -> format("%,d", each.readings())).toList());
        row("mean", columns.stream().map(each -> value(each.mean())).toList());
        row("minimum", columns.stream().map(each -> value(each.minimum())).toList());
        row("maximum", columns.stream().map(each -> value(each.maximum())).toList());
        row(
                "highest 24-h mean",
                columns.stream().map(each -> value(each.dayMean())).toList());
        line("");
    }

    /** The months of two halves side by side, each with the process that computed it. */
    void months(final StationReport first, final StationReport second) {
        line("  month     mean   computed by       month     mean   computed by");
        for (final Map.Entry<Integer, Double> month : first.months().entrySet()) {
            final int later = month.getKey() + MONTHS_IN_HALF;
            line(
                    "  %s%11.3f   %-18s%s%11.3f   %s",
                    name(month.getKey()),
                    month.getValue(),
                    process(first),
                    name(later),
                    second.months().getOrDefault(later, Double.NaN),
                    process(second));
        }
        line("");
    }

    /** What three processes read of one feed. */
    void feed(final Map<Column, ColumnMean.Report> reports) {
        line("");
        line("  The readings as a feed, written once by this process and read in place by three:");
        line("");
        line("  column               mean  received   lost   computed by");
        reports.forEach((column, report) -> line(
                "  %-12s%13.6f%,10d%7d   pid %d",
                column.label(), report.mean(), report.frames(), report.lost(), report.pid()));
        line("");
    }

    /** What was taken of the streams of both workers. */
    void streams(final StreamDemo.Report report) {
        line("");
        line(
                "  Streams of 24-hour means, a month each: %,d values, lowest %.9f, highest %.3f.",
                report.values(), report.minimum(), report.maximum());
        line(
                "  Taken slowly: after %d values the worker had computed %d, with a window of %d.",
                report.taken(), report.computed(), StreamDemo.WINDOW);
    }

    void latencyHeading() {
        line("  microseconds      p50       p90       p99     p99.9       max");
    }

    void latencies(final String transport, final Latencies latencies) {
        line(
                "  %-11s%10.2f%10.2f%10.2f%10.2f%10.1f",
                transport,
                latencies.percentileUs(0.5),
                latencies.percentileUs(0.9),
                latencies.percentileUs(0.99),
                latencies.percentileUs(0.999),
                latencies.percentileUs(1));
    }

    private void row(final String label, final List<String> cells) {
        line("  %-18s%18s%18s%18s", label, cells.get(0), cells.get(1), cells.get(2));
    }

    private static String name(final int month) {
        return Month.of(month).getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private static String process(final StationReport report) {
        return "pid " + report.pid();
    }

    private static String value(final double degrees) {
        return format("%.3f", degrees);
    }

    private static String format(final String format, final Object argument) {
        return String.format(Locale.ROOT, format, argument);
    }
}

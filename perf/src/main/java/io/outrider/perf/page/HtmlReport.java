package io.outrider.perf.page;

import io.outrider.perf.report.Bounds;
import io.outrider.perf.report.LatencyResult;
import io.outrider.perf.report.Report;
import io.outrider.perf.report.ScalarResult;
import io.outrider.perf.round.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes a report as one page. */
public final class HtmlReport {
    private static final String ECHO = ".echo";
    private static final String PRIMITIVE = ".call.primitive";

    private final Report report;
    private final Markup html = new Markup();

    private HtmlReport(final Report report) {
        this.report = report;
    }

    /**
     * Writes it.
     *
     * @param report what was found
     * @return the page
     */
    public static String of(final Report report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        html.add("<!DOCTYPE html>").add("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.add("<title>outrider perf %s</title>", Markup.escape(report.command()));
        html.add("<style>%s</style></head><body>", style());
        html.add("<h1>outrider perf %s</h1>", Markup.escape(report.command().split(" ", 2)[0]));
        addFacts();
        addBounds();
        if (!report.latencies().isEmpty()) {
            addLatencies();
        }
        if (!report.scalars().isEmpty()) {
            addScalars();
        }
        return html.add("</body></html>").toString();
    }

    private void addFacts() {
        html.add("<dl>");
        fact("command", "./outrider perf " + report.command());
        fact(
                "machine",
                report.machine().cpu() + ", " + report.machine().cores() + " cores, "
                        + report.machine().system());
        fact(
                "load average before",
                String.format(Locale.ROOT, "%.2f", report.machine().load())
                        + (report.machine().isBusy() ? ": not idle, take care" : ""));
        fact("JDK", report.machine().jdk());
        fact("versions", String.join(", ", Versions.all()));
        fact(
                "rounds",
                report.rounds() + report.caution()
                        + "; fresh processes each; every figure is the median of the rounds'");
        fact("at", report.at().toString());
        for (final Failure failure : report.failures()) {
            fact("failed", failure.name() + ", in round " + failure.round());
        }
        html.add("</dl>");
    }

    private void addBounds() {
        final List<Bounds.Line> lines = Bounds.of(report);
        if (lines.isEmpty()) {
            return;
        }
        html.add("<h2>What must be</h2>");
        html.add("<table><thead><tr><th>figure</th><th>is</th><th>must be</th></tr></thead><tbody>");
        for (final Bounds.Line line : lines) {
            html.add(
                    "<tr%s><td>%s</td><td>%s</td><td>%s</td></tr>",
                    line.holds() ? "" : " class=\"missed\"",
                    Markup.escape(line.what()),
                    Markup.escape(line.is()),
                    Markup.escape(line.mustBe()));
        }
        html.add("</tbody></table>");
    }

    private void fact(final String name, final String value) {
        html.add("<dt>%s</dt><dd>%s</dd>", name, Markup.escape(value));
    }

    private void addLatencies() {
        final List<LatencyResult> all = report.latencies();
        html.add("<h2>How long one call takes</h2>");
        html.add("<p>The bar ends at the median, the line at the 99th percentile. Logarithmic.</p>");
        html.add("%s", BarsChart.of(all));
        final Predicate<LatencyResult> primitive = result -> result.name().endsWith(PRIMITIVE);
        final Predicate<LatencyResult> sharedMemory = result -> result.name().startsWith("floor.")
                || (result.name().endsWith(ECHO) && !result.name().startsWith("unix."));
        addCurves("Over shared memory, both sides spinning", all, primitive.or(sharedMemory));
        addCurves(
                "Beside what one would do otherwise",
                all,
                primitive.or(
                        sharedMemory.or(result -> Stroke.isOurs(result.name())).negate()));
        addCurves("Outrider, by what is carried and how it waits", all, result -> Stroke.isOurs(result.name()));
        html.add("<h2>The figures</h2>");
        addTable(all);
    }

    private void addCurves(final String title, final List<LatencyResult> all, final Predicate<LatencyResult> which) {
        final List<LatencyResult> shown = all.stream().filter(which).toList();
        if (!shown.isEmpty()) {
            html.add("<section><h2>%s</h2>", title);
            html.add("<p>Percentile curves; the band is what the rounds differ by. Both axes are logarithmic.</p>");
            html.add("%s</section>", CurvesChart.of(shown, looks(all)));
        }
    }

    /** One look for each, the same in all charts of the page. */
    private static Map<String, Stroke> looks(final List<LatencyResult> all) {
        final Map<String, Stroke> looks = new HashMap<>();
        all.forEach(result -> looks.put(result.name(), Stroke.of(result.name(), looks.size())));
        return looks;
    }

    private void addTable(final List<LatencyResult> results) {
        html.add("<table><thead><tr><th>contender</th><th>calls</th>");
        for (final String head : List.of("min", "p50", "p90", "p99", "p99.9", "p99.99", "max", "spread of p50")) {
            html.add("<th>%s</th>", head);
        }
        html.add("<th>bytes/call caller</th><th>bytes/call worker</th></tr></thead><tbody>");
        for (final LatencyResult result : results) {
            html.add(
                    "<tr%s><td>%s</td><td>%,d</td>",
                    Stroke.isOurs(result.name()) ? " class=\"ours\"" : "",
                    Markup.escape(result.name()),
                    result.count());
            for (final String figure : List.of("min", "p50", "p90", "p99", "p999", "p9999", "max", "spread")) {
                html.add("<td>%s</td>", Time.of(result.figure(figure)));
            }
            html.add(
                    "<td>%.1f</td><td>%.1f</td></tr>",
                    result.figure("bytesPerOpCaller"), result.figure("bytesPerOpWorker"));
        }
        html.add("</tbody></table>");
    }

    private void addScalars() {
        html.add("<h2>Single figures</h2>");
        report.scalars().stream()
                .collect(Collectors.groupingBy(ScalarResult::unit, LinkedHashMap::new, Collectors.toList()))
                .forEach((unit, results) -> {
                    html.add("<section><h3>%s</h3>", Markup.escape(unit));
                    html.add("%s</section>", ScalarBars.of(results));
                });
        html.add("<table><thead><tr><th>what</th><th>median</th><th>unit</th><th>spread</th></tr></thead><tbody>");
        for (final ScalarResult result : report.scalars()) {
            html.add(
                    "<tr%s><td>%s</td><td>%,.2f</td><td>%s</td><td>%,.2f</td></tr>",
                    Stroke.isOurs(result.name()) ? " class=\"ours\"" : "",
                    Markup.escape(result.name()),
                    result.value(),
                    Markup.escape(result.unit()),
                    result.spread());
        }
        html.add("</tbody></table>");
    }

    private static String style() {
        try (InputStream file = HtmlReport.class.getResourceAsStream("report.css")) {
            if (file == null) {
                throw new IllegalStateException("report.css is missing beside " + HtmlReport.class);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.outrider.perf.page;

import io.outrider.perf.report.LatencyResult;
import java.util.List;

/** A bar for each contender: it ends at the median, a thin line goes on to the 99th percentile. The axis is logarithmic. */
final class BarsChart {
    private static final int WIDTH = 1000;
    private static final int LEFT = 250;
    private static final int RIGHT = 830;
    private static final int TOP = 26;
    private static final int ROW = 24;
    private static final int BAR = 14;

    private BarsChart() {}

    /** Draws the bars of some results. */
    static String of(final List<LatencyResult> results) {
        final double low = results.stream()
                .mapToDouble(result -> result.lowestAt(50))
                .min()
                .orElse(1);
        final double high = results.stream()
                .mapToDouble(result -> Math.max(result.at(99), result.highestAt(50)))
                .max()
                .orElse(1);
        final double begin = Math.pow(10, Math.floor(Math.log10(Math.max(1, low) * 0.7)));
        final LogScale scale = new LogScale(begin, high * 1.05, LEFT, RIGHT);
        final int bottom = TOP + ROW * results.size();
        final Markup svg = new Markup();
        svg.add("<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, bottom + 8);
        for (final double tick : scale.ticks()) {
            final double x = scale.at(tick);
            svg.add("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP - 4, bottom);
            if (LogScale.isDecade(tick)) {
                svg.add("<text class=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>", x, TOP - 10, Time.tick(tick));
            }
        }
        for (int i = 0; i < results.size(); i++) {
            drawRow(svg, scale, results.get(i), TOP + i * ROW);
        }
        return svg.add("</svg>").toString();
    }

    private static void drawRow(final Markup svg, final LogScale scale, final LatencyResult result, final int top) {
        final boolean ours = Stroke.isOurs(result.name());
        final double median = scale.at(result.at(50));
        final double p99 = scale.at(result.at(99));
        final double middle = top + ROW / 2.0;
        svg.add(
                "<text class=\"end%s\" x=\"%d\" y=\"%.1f\">%s</text>",
                ours ? " ours" : "", LEFT - 8, middle + 4, Markup.escape(result.name()));
        svg.add(
                "<rect class=\"bar%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
                ours ? " ours" : "", LEFT, middle - BAR / 2.0, Math.max(1, median - LEFT), BAR);
        svg.add("<path class=\"whisker\" d=\"M%.1f %.1fH%.1fM%.1f %.1fv8\"/>", median, middle, p99, p99, middle - 4);
        svg.add(
                "<text x=\"%.1f\" y=\"%.1f\">%s<tspan class=\"faint\"> · p99 %s</tspan></text>",
                Math.max(median, p99) + 6, middle + 4, Time.of(result.at(50)), Time.of(result.at(99)));
    }
}

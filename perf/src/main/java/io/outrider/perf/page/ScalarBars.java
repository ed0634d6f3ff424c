package io.outrider.perf.page;

import io.outrider.perf.report.ScalarResult;
import java.util.List;
import java.util.Locale;

/** A bar for each single figure of one unit, from zero; a thin line shows by how much its rounds differ. */
final class ScalarBars {
    private static final int WIDTH = 1000;
    private static final int LEFT = 330;
    private static final int RIGHT = 860;
    private static final int ROW = 24;
    private static final int BAR = 14;
    private static final int CAP = 4;

    private ScalarBars() {}

    /** Draws the bars of figures that have one unit. */
    static String of(final List<ScalarResult> results) {
        final double high = results.stream()
                .mapToDouble(result -> Math.abs(result.value()) + result.spread() / 2)
                .max()
                .orElse(1);
        final Markup svg = new Markup();
        svg.add("<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, ROW * results.size() + 8);
        for (int i = 0; i < results.size(); i++) {
            drawRow(svg, results.get(i), high > 0 ? high : 1, i * ROW);
        }
        return svg.add("</svg>").toString();
    }

    private static void drawRow(final Markup svg, final ScalarResult result, final double high, final int top) {
        final String ours = Stroke.isOurs(result.name()) ? " ours" : "";
        final double pixels = (RIGHT - LEFT) / high;
        final double end = LEFT + Math.max(0, result.value()) * pixels;
        final double half = result.spread() / 2 * pixels;
        final double middle = top + ROW / 2.0;
        svg.add(
                "<text class=\"end%s\" x=\"%d\" y=\"%.1f\">%s</text>",
                ours, LEFT - 8, middle + CAP, Markup.escape(result.name()));
        svg.add(
                "<rect class=\"bar%s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
                ours, LEFT, middle - BAR / 2.0, Math.max(1, end - LEFT), BAR);
        svg.add("<path class=\"whisker\" d=\"M%.1f %.1fH%.1f\"/>", Math.max(LEFT, end - half), middle, end + half);
        svg.add("<text x=\"%.1f\" y=\"%.1f\">%s</text>", end + half + 6, middle + CAP, value(result));
    }

    private static String value(final ScalarResult result) {
        return "ns".equals(result.unit())
                ? Time.of(result.value())
                : String.format(Locale.ROOT, "%,.2f", result.value()) + " " + Markup.escape(result.unit());
    }
}

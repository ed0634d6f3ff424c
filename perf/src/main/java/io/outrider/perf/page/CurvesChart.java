package io.outrider.perf.page;

import io.outrider.perf.report.LatencyResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Percentile curves: for each share of the calls, how long the slowest of them took. Both axes are logarithmic; the band
 * around a line is what the rounds differ by.
 */
final class CurvesChart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 460;
    private static final int LEFT = 70;
    private static final int RIGHT = 715;
    private static final int TOP = 16;
    private static final int BOTTOM = 410;
    private static final int LABEL_HEIGHT = 17;
    private static final int STEPS = 20;
    private static final double[] MARKS = {50, 90, 99, 99.9, 99.99, 99.999};

    private final List<LatencyResult> results;
    private final Map<String, Stroke> looks;
    private final LogScale across;
    private final LogScale up;
    private final Markup svg = new Markup();

    private CurvesChart(final List<LatencyResult> results, final Map<String, Stroke> looks) {
        this.results = results;
        this.looks = looks;
        final double last = results.stream()
                .flatMap(result -> result.percentiles(STEPS).stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        across = new LogScale(1, rarity(last), LEFT, RIGHT);
        final double high = results.stream()
                .mapToDouble(result -> result.highestAt(last))
                .max()
                .orElse(1);
        final double low =
                results.stream().mapToDouble(result -> result.lowestAt(0)).min().orElse(1);
        up = new LogScale(Math.max(1, low * 0.8), high * 1.2, BOTTOM, TOP);
    }

    /** Draws the curves of some results, each with its look. */
    static String of(final List<LatencyResult> results, final Map<String, Stroke> looks) {
        return new CurvesChart(results, looks).draw();
    }

    private String draw() {
        svg.add("<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT);
        drawAxes();
        results.forEach(this::drawBand);
        results.forEach(this::drawLine);
        drawLabels();
        return svg.add("</svg>").toString();
    }

    private void drawAxes() {
        for (final double tick : up.ticks()) {
            final double y = up.at(tick);
            svg.add(
                    "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LogScale.isDecade(tick) ? "grid decade" : "grid", LEFT, RIGHT, y, y);
            if (LogScale.isDecade(tick) || up.high() / up.low() < 1_000) {
                svg.add("<text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>", LEFT - 8, y + 4, Time.tick(tick));
            }
        }
        svg.add("<text class=\"middle\" x=\"%d\" y=\"%d\">min</text>", LEFT, BOTTOM + 20);
        for (final double mark : MARKS) {
            if (rarity(mark) <= across.high()) {
                final double x = across.at(rarity(mark));
                svg.add("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP, BOTTOM);
                svg.add("<text class=\"middle\" x=\"%.1f\" y=\"%d\">%s %%</text>", x, BOTTOM + 20, shortest(mark));
            }
        }
        svg.add(
                "<text class=\"middle\" x=\"%d\" y=\"%d\">share of calls that took no longer</text>",
                (LEFT + RIGHT) / 2, BOTTOM + 42);
    }

    private static String shortest(final double mark) {
        return mark == Math.rint(mark) ? Long.toString((long) mark) : Double.toString(mark);
    }

    private static double rarity(final double percentile) {
        return 1 / (1 - percentile / 100);
    }

    private void drawBand(final LatencyResult result) {
        final Stroke stroke = look(result);
        final List<Double> percentiles = result.percentiles(STEPS);
        final StringBuilder points = new StringBuilder();
        for (final double percentile : percentiles) {
            point(points, percentile, result.highestAt(percentile));
        }
        for (int i = percentiles.size() - 1; i >= 0; i--) {
            point(points, percentiles.get(i), result.lowestAt(percentiles.get(i)));
        }
        svg.add("<polygon points=\"%s\" fill=\"%s\" opacity=\"0.10\"/>", points, stroke.colour());
    }

    private void drawLine(final LatencyResult result) {
        final Stroke stroke = look(result);
        final StringBuilder points = new StringBuilder();
        for (final double percentile : result.percentiles(STEPS)) {
            point(points, percentile, result.at(percentile));
        }
        svg.add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" stroke-dasharray=\"%s\"/>",
                points, stroke.colour(), stroke.width(), stroke.dashes());
    }

    private void point(final StringBuilder points, final double percentile, final double nanos) {
        points.append(String.format(java.util.Locale.ROOT, "%.1f,%.1f ", across.at(rarity(percentile)), up.at(nanos)));
    }

    /** Beside the ends of the lines, pushed apart where they would overlap. */
    private void drawLabels() {
        final List<Integer> fromTop = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            fromTop.add(i);
        }
        fromTop.sort(Comparator.comparingDouble(i -> end(results.get(i))));
        final double[] y = new double[results.size()];
        double free = TOP + 4;
        for (final int i : fromTop) {
            y[i] = Math.max(free, end(results.get(i)));
            free = y[i] + LABEL_HEIGHT;
        }
        double limit = BOTTOM;
        for (int place = fromTop.size() - 1; place >= 0; place--) {
            final int i = fromTop.get(place);
            y[i] = Math.min(limit, y[i]);
            limit = y[i] - LABEL_HEIGHT;
        }
        for (int i = 0; i < results.size(); i++) {
            drawLabel(results.get(i), y[i]);
        }
    }

    private void drawLabel(final LatencyResult result, final double y) {
        final Stroke stroke = look(result);
        final List<Double> percentiles = result.percentiles(STEPS);
        final double x = across.at(rarity(percentiles.get(percentiles.size() - 1)));
        svg.add(
                "<path d=\"M%.1f %.1fL%d %.1f\" class=\"lead\" stroke=\"%s\"/>",
                x, end(result), RIGHT + 10, y, stroke.colour());
        svg.add(
                "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\" stroke-dasharray=\"%s\"/>",
                RIGHT + 10, RIGHT + 40, y, y, stroke.colour(), stroke.width(), stroke.dashes());
        svg.add(
                "<text class=\"%s\" x=\"%d\" y=\"%.1f\">%s</text>",
                Stroke.isOurs(result.name()) ? "ours" : "", RIGHT + 46, y + 4, Markup.escape(result.name()));
    }

    private Stroke look(final LatencyResult result) {
        return looks.getOrDefault(result.name(), Stroke.of(result.name(), 0));
    }

    private double end(final LatencyResult result) {
        final List<Double> percentiles = result.percentiles(STEPS);
        return up.at(result.at(percentiles.get(percentiles.size() - 1)));
    }
}

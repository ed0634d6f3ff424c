package io.outrider.perf.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A single figure: the median of the rounds', and how far those are apart.
 *
 * @param name of what was measured
 * @param unit of both figures
 * @param value the median
 * @param spread largest less smallest
 */
public record ScalarResult(String name, String unit, double value, double spread) implements Result {
    /**
     * Sums up rounds.
     *
     * @param name of what was measured
     * @param unit of the values
     * @param rounds one value each, at least one
     * @return the result
     */
    public static ScalarResult of(final String name, final String unit, final List<Double> rounds) {
        return new ScalarResult(name, unit, Median.of(rounds), Median.spread(rounds));
    }

    @Override
    public Map<String, Number> figures() {
        final Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("value", value);
        figures.put("spread", spread);
        return figures;
    }
}

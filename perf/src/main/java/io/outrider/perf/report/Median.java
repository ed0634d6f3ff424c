package io.outrider.perf.report;

import java.util.List;

/** What rounds come to. */
final class Median {
    private Median() {}

    /** The middle one; of an even number the mean of the two in the middle. */
    static double of(final List<Double> values) {
        final List<Double> sorted = values.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Largest less smallest. */
    static double spread(final List<Double> values) {
        final var statistics = values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return statistics.getMax() - statistics.getMin();
    }
}

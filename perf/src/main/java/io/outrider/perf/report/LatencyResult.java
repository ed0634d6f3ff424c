package io.outrider.perf.report;

import io.outrider.perf.round.RoundResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long the calls of one contender took: each figure is the median of what the rounds found for it, in nanoseconds.
 *
 * @param name of the contender
 * @param rounds what they found, at least one
 */
public record LatencyResult(String name, List<RoundResult> rounds) implements Result {
    private static final double NINES = 1e-9;

    /** Copies the list. */
    public LatencyResult {
        rounds = List.copyOf(rounds);
    }

    @Override
    public String unit() {
        return "ns";
    }

    /**
     * The median of the rounds' values at a percentile.
     *
     * @param percentile from 0 to 100
     * @return nanoseconds
     */
    public double at(final double percentile) {
        return median(round -> round.nanos().getValueAtPercentile(percentile));
    }

    /**
     * The smallest of the rounds' values at a percentile.
     *
     * @param percentile from 0 to 100
     * @return nanoseconds
     */
    public double lowestAt(final double percentile) {
        return rounds.stream()
                .mapToDouble(round -> round.nanos().getValueAtPercentile(percentile))
                .min()
                .orElse(0);
    }

    /**
     * The largest of the rounds' values at a percentile.
     *
     * @param percentile from 0 to 100
     * @return nanoseconds
     */
    public double highestAt(final double percentile) {
        return rounds.stream()
                .mapToDouble(round -> round.nanos().getValueAtPercentile(percentile))
                .max()
                .orElse(0);
    }

    /**
     * How many calls were timed, in all rounds.
     *
     * @return the count
     */
    public long count() {
        return rounds.stream().mapToLong(round -> round.nanos().getTotalCount()).sum();
    }

    /**
     * The percentiles at which there are still samples: 0 first, then ever closer to 100.
     *
     * @param stepsPerTenth how many between 90 and 99, between 99 and 99.9, and so on
     * @return ascending
     */
    public List<Double> percentiles(final int stepsPerTenth) {
        final double fewest = rounds.stream()
                .mapToLong(round -> round.nanos().getTotalCount())
                .min()
                .orElse(1);
        final List<Double> percentiles = new ArrayList<>();
        double beyond = 1;
        for (int step = 0; beyond * fewest >= 1 - NINES; step++) {
            percentiles.add(100 * (1 - beyond));
            beyond = Math.pow(10, -(step + 1) / (double) stepsPerTenth);
        }
        return percentiles;
    }

    @Override
    public Map<String, Number> figures() {
        final Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("count", count());
        figures.put("min", median(round -> round.nanos().getMinValue()));
        figures.put("p50", at(50));
        figures.put("p90", at(90));
        figures.put("p99", at(99));
        figures.put("p999", at(99.9));
        figures.put("p9999", at(99.99));
        figures.put("max", median(round -> round.nanos().getMaxValue()));
        figures.put("spread", highestAt(50) - lowestAt(50));
        figures.put("bytesPerOpCaller", rounded(median(RoundResult::bytesPerOpCaller)));
        figures.put("bytesPerOpWorker", rounded(median(RoundResult::bytesPerOpWorker)));
        return figures;
    }

    private double median(final ToDoubleFunction<RoundResult> figure) {
        return Median.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    /** To a hundredth of a byte: reading the counters itself allocates a little, once in a round. */
    private static double rounded(final double bytes) {
        return Math.round(bytes * 100) / 100.0;
    }
}

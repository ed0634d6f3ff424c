package io.outrider.perf.report;

import java.time.Instant;
import java.util.List;

/**
 * What one invocation found.
 *
 * @param command the words after {@code ./outrider perf}
 * @param at when it began
 * @param machine where
 * @param quick whether it was cut short
 * @param rounds how many there were
 * @param results in order
 */
public record Report(String command, Instant at, Machine machine, boolean quick, int rounds, List<Result> results) {
    /** Copies the list. */
    public Report {
        results = List.copyOf(results);
    }

    /**
     * The latencies among the results.
     *
     * @return in order
     */
    public List<LatencyResult> latencies() {
        return results.stream()
                .filter(LatencyResult.class::isInstance)
                .map(LatencyResult.class::cast)
                .toList();
    }

    /**
     * The single figures among the results.
     *
     * @return in order
     */
    public List<ScalarResult> scalars() {
        return results.stream()
                .filter(ScalarResult.class::isInstance)
                .map(ScalarResult.class::cast)
                .toList();
    }
}

package io.outrider.perf.report;

import io.outrider.perf.round.Failure;
import java.time.Instant;
import java.util.List;

/**
 * What one invocation found.
 *
 * @param command the words after {@code ./outrider perf}
 * @param at when it began
 * @param machine where
 * @param quick whether it was a quick one
 * @param shortened whether options made it shorter than such a run is by itself
 * @param rounds how many there were
 * @param results in order
 * @param failures of what is not, or not in all rounds, among them
 */
public record Report(
        String command,
        Instant at,
        Machine machine,
        boolean quick,
        boolean shortened,
        int rounds,
        List<Result> results,
        List<Failure> failures) {
    /** Copies the lists. */
    public Report {
        results = List.copyOf(results);
        failures = List.copyOf(failures);
    }

    /**
     * What is to be thought of the length of the run.
     *
     * @return words to follow the number of rounds, or nothing
     */
    public String caution() {
        if (shortened) {
            return ", shorter than a " + (quick ? "quick" : "full") + " run: a trial, whose figures mean little";
        }
        return quick ? ", quick: a look, not figures to publish" : "";
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

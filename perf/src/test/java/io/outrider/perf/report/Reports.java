package io.outrider.perf.report;

import io.outrider.perf.round.Failure;
import io.outrider.perf.round.RoundResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Reports that were never measured. */
public final class Reports {
    private Reports() {}

    /** Of a command, with results. */
    public static Report of(String command, Result... results) {
        return report(command, false, List.of(results), List.of());
    }

    /** The same, shorter than it should be, and without what failed. */
    public static Report partial(String command, String failed, Result... results) {
        return report(
                command, true, List.of(results), List.of(new Failure(failed, 2, new IOException("it ended with 1"))));
    }

    /** Calls that took so long, one value for each round. */
    public static LatencyResult latency(String name, long... nanos) {
        List<RoundResult> rounds = java.util.Arrays.stream(nanos)
                .mapToObj(each -> new RoundResult(RoundResult.histogram(new long[] {each}, 1), 0, 0))
                .toList();
        return new LatencyResult(name, rounds);
    }

    private static Report report(String command, boolean shortened, List<Result> results, List<Failure> failures) {
        return new Report(
                command, Instant.EPOCH, new Machine("jdk", "cpu", 2, "os", 0.1), true, shortened, 3, results, failures);
    }
}

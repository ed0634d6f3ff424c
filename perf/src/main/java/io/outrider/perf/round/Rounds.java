package io.outrider.perf.round;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs contenders in turn, round after round, each time in fresh processes, so that whatever else the machine does meanwhile
 * falls on all of them alike.
 *
 * @param plan of each round
 * @param rounds how many
 * @param prefix of each command, such as {@code taskset -c 0}, or empty
 * @param progress is told before each step
 */
public record Rounds(Plan plan, int rounds, List<String> prefix, Progress progress) {
    /** Copies the list. */
    public Rounds {
        prefix = List.copyOf(prefix);
    }

    /** What is done for each contender in each round. */
    private interface Turn<R> {
        R take(String name) throws IOException, InterruptedException;
    }

    /**
     * Runs contenders.
     *
     * @param contenders in the order of each round
     * @return the rounds' results, by contender
     * @throws IOException if a process fails
     * @throws InterruptedException if interrupted
     */
    public Map<String, List<RoundResult>> call(final List<Contender> contenders)
            throws IOException, InterruptedException {
        return run(
                contenders.stream().map(Contender::name).toList(),
                name -> FreshJvm.run(CallerMain.class, name, plan, prefix, RoundResult::read));
    }

    /**
     * Runs probes.
     *
     * @param probes in the order of each round
     * @return the rounds' figures, by probe
     * @throws IOException if a process fails
     * @throws InterruptedException if interrupted
     */
    public Map<String, List<List<Figure>>> probe(final List<Probe> probes) throws IOException, InterruptedException {
        return run(
                probes.stream().map(Probe::name).toList(),
                name -> FreshJvm.run(ProbeMain.class, name, plan, prefix, Figure::readAll));
    }

    private <R> Map<String, List<R>> run(final List<String> names, final Turn<R> turn)
            throws IOException, InterruptedException {
        final Map<String, List<R>> results = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (final String name : names) {
                progress.step("round " + round + " of " + rounds + ": " + name);
                results.computeIfAbsent(name, key -> new ArrayList<>()).add(turn.take(name));
            }
        }
        progress.done();
        return results;
    }
}

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
 * falls on all of them alike. One that fails does not cost the others their results. For one thread.
 */
public final class Rounds {
    private final Plan plan;
    private final int rounds;
    private final List<String> prefix;
    private final Progress progress;
    private final Map<String, Failure> failures = new LinkedHashMap<>();

    /**
     * @param plan of each round
     * @param rounds how many
     * @param prefix of each command, such as {@code taskset -c 0}, or empty
     * @param progress is told before each step
     */
    public Rounds(final Plan plan, final int rounds, final List<String> prefix, final Progress progress) {
        this.plan = plan;
        this.rounds = rounds;
        this.prefix = List.copyOf(prefix);
        this.progress = progress;
    }

    /** What is done for each contender in each round. */
    interface Turn<R> {
        R take(String name) throws IOException, InterruptedException;
    }

    /**
     * Runs contenders.
     *
     * @param contenders in the order of each round
     * @return the rounds' results, by contender; a contender that failed in its first round is not there
     * @throws InterruptedException if interrupted
     */
    public Map<String, List<RoundResult>> call(final List<Contender> contenders) throws InterruptedException {
        return run(
                contenders.stream().map(Contender::name).toList(),
                name -> FreshJvm.run(CallerMain.class, name, plan, prefix, RoundResult::read));
    }

    /**
     * Runs probes.
     *
     * @param probes in the order of each round
     * @return the rounds' figures, by probe; a probe that failed in its first round is not there
     * @throws InterruptedException if interrupted
     */
    public Map<String, List<List<Figure>>> probe(final List<Probe> probes) throws InterruptedException {
        return run(
                probes.stream().map(Probe::name).toList(),
                name -> FreshJvm.run(ProbeMain.class, name, plan, prefix, Figure::readAll));
    }

    /**
     * Those that failed up to now.
     *
     * @return in the order in which they did
     */
    public List<Failure> failures() {
        return List.copyOf(failures.values());
    }

    <R> Map<String, List<R>> run(final List<String> names, final Turn<R> turn) throws InterruptedException {
        final Map<String, List<R>> results = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (final String name : names) {
                if (failures.containsKey(name)) {
                    progress.skip();
                    continue;
                }
                progress.step("round " + round + " of " + rounds + ": " + name);
                try {
                    results.computeIfAbsent(name, key -> new ArrayList<>()).add(turn.take(name));
                } catch (final IOException e) {
                    failures.put(name, new Failure(name, round, e));
                }
            }
        }
        results.values().removeIf(List::isEmpty);
        progress.done();
        return results;
    }
}

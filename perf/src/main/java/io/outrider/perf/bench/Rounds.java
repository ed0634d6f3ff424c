package io.outrider.perf.bench;

import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import io.outrider.perf.fork.SharedDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs contenders in turn, round after round, each time in fresh processes, so that whatever else the machine does meanwhile
 * falls on all of them alike.
 */
public final class Rounds {
    private static final Duration START_AND_END = Duration.ofSeconds(60);

    private final Plan plan;
    private final List<String> prefix;

    /**
     * @param plan of each round
     * @param prefix of each caller's command, such as {@code taskset -c 0}, or empty
     */
    public Rounds(final Plan plan, final List<String> prefix) {
        this.plan = plan;
        this.prefix = List.copyOf(prefix);
    }

    /**
     * Runs them all.
     *
     * @param contenders in the order of each round
     * @param rounds how many
     * @param progress is told before each step
     * @return the rounds' results, by contender
     * @throws IOException if a process fails
     * @throws InterruptedException if interrupted
     */
    public Map<String, List<RoundResult>> run(
            final List<Contender> contenders, final int rounds, final Progress progress)
            throws IOException, InterruptedException {
        final Map<String, List<RoundResult>> results = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (final Contender contender : contenders) {
                progress.step("round " + round + " of " + rounds + ": " + contender.name());
                results.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                        .add(once(contender));
            }
        }
        progress.done();
        return results;
    }

    private RoundResult once(final Contender contender) throws IOException, InterruptedException {
        try (SharedDirectory directory = SharedDirectory.create()) {
            final Path result = directory.path().resolve("result");
            final List<String> arguments = CallerMain.arguments(contender.name(), directory.path(), result, plan);
            final JavaCommand command = new JavaCommand(prefix, List.of(), CallerMain.class, arguments);
            try (ForkedJvm caller = ForkedJvm.start(command, directory.path().resolve("caller.log"))) {
                caller.await(plan.warmUp().plus(plan.measured()).plus(START_AND_END));
            }
            return RoundResult.read(result);
        }
    }
}

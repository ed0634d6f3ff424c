package io.outrider.perf.cli;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.bench.RoundResult;
import io.outrider.perf.bench.Rounds;
import io.outrider.perf.report.LatencyResult;
import io.outrider.perf.report.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One call at a time: how long until its answer is here. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = "Times single calls, one after the other: Outrider beside its peers.")
public final class CallCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--cpus", paramLabel = "LIST", description = "Confine all processes to these processors (taskset).")
    private @Nullable String cpus;

    @Override
    public Integer call() throws Exception {
        final List<Contender> contenders = options.chosen(Contenders.all(), Contender::name);
        final List<String> prefix = cpus == null ? List.of() : List.of("taskset", "-c", cpus);
        final Map<String, List<RoundResult>> rounds = new Rounds(options.plan(), prefix)
                .run(contenders, options.rounds(), options.progress(contenders.size() * options.rounds()));
        final List<Result> results = new ArrayList<>();
        rounds.forEach((name, found) -> results.add(new LatencyResult(name, found)));
        options.publish(results);
        return 0;
    }
}

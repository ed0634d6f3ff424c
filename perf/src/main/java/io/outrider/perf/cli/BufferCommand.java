package io.outrider.perf.cli;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.report.LatencyResult;
import io.outrider.perf.report.Result;
import io.outrider.perf.round.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What it costs to hand memory over. */
@Command(
        name = "buffer",
        mixinStandardHelpOptions = true,
        description =
                "Times loans that change hands, untouched, and counts bytes that one side fills and the other sums.")
public final class BufferCommand implements Callable<Integer> {
    private static final List<String> TIMED = List.of(
            "outrider.ring.call.primitive",
            "outrider.ring.loan.4KiB",
            "outrider.ring.loan.1MiB",
            "chronicle.queue.64KiB");

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        final List<Probe> all = Probe.all().stream()
                .filter(probe -> probe.group() == Probe.Group.BUFFER)
                .toList();
        final List<String> chosen = options.chosen(
                Stream.concat(TIMED.stream(), all.stream().map(Probe::name)).toList(), name -> name);
        final List<Contender> timed =
                TIMED.stream().filter(chosen::contains).map(Contenders::named).toList();
        final List<Probe> probes =
                all.stream().filter(probe -> chosen.contains(probe.name())).toList();
        final Rounds rounds = options.rounds(options.plan(), List.of(), timed.size() + probes.size());
        final List<Result> results = new ArrayList<>();
        rounds.call(timed).forEach((name, found) -> results.add(new LatencyResult(name, found)));
        rounds.probe(probes).values().forEach(found -> results.addAll(ProbeCommand.summed(found)));
        options.publish(results);
        return 0;
    }
}

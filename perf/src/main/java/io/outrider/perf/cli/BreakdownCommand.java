package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import io.outrider.perf.part.Ladder;
import io.outrider.perf.report.Result;
import io.outrider.perf.round.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where each nanosecond of a call goes: ladders of contenders, each with one thing more than the one before, and the parts. */
@Command(
        name = "breakdown",
        mixinStandardHelpOptions = true,
        description =
                "Tells where the time of a call goes: what each layer adds, by a slot and by the lanes, and the parts by themselves.")
public final class BreakdownCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        options.refuseTimes();
        final List<Probe> probes = options.chosen(Probe.ofGroup(Probe.Group.BREAKDOWN), Probe::name);
        final Rounds rounds = options.rounds(options.plan(), List.of(), probes.size());
        final var found = rounds.probe(probes);
        final List<Result> results = new ArrayList<>(Ladder.climbed(found));
        found.values().forEach(each -> results.addAll(ProbeCommand.summed(each)));
        return options.publish(results, rounds.failures());
    }
}

package io.outrider.perf.cli;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.report.LatencyResult;
import io.outrider.perf.report.Result;
import io.outrider.perf.report.ScalarResult;
import io.outrider.perf.round.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where each nanosecond of a call goes: a ladder of contenders, each with one thing more than the one before. */
@Command(
        name = "breakdown",
        mixinStandardHelpOptions = true,
        description = "Tells where the time of a call goes: what each layer adds, and the parts by themselves.")
public final class BreakdownCommand implements Callable<Integer> {
    /** A step of the ladder. */
    private record Step(String contender, String adds) {}

    private static final List<Step> LADDER = List.of(
            new Step("floor.cacheline", "adds.1.cacheline"),
            new Step("agrona.manytoone.echo", "adds.2.rings"),
            new Step("outrider.ring.link.echo", "adds.3.headers_and_transport"),
            new Step("outrider.ring.call.primitive", "adds.4.stub_engine_and_dispatch"));

    private static final int MEDIAN = 50;

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        final List<Probe> parts = options.chosen(
                Probe.all().stream()
                        .filter(probe -> probe.group() == Probe.Group.BREAKDOWN)
                        .toList(),
                Probe::name);
        final List<Contender> ladder =
                LADDER.stream().map(step -> Contenders.named(step.contender())).toList();
        final Rounds rounds = options.rounds(options.plan(), List.of(), ladder.size() + parts.size());
        final List<Result> results = new ArrayList<>();
        rounds.call(ladder).forEach((name, found) -> results.add(new LatencyResult(name, found)));
        final List<Result> added = added(results);
        results.addAll(added);
        rounds.probe(parts).values().forEach(found -> results.addAll(ProbeCommand.summed(found)));
        options.publish(results);
        return 0;
    }

    /** By how much the median of each step is above that of the step before. */
    private static List<Result> added(final List<Result> ladder) {
        final List<Result> added = new ArrayList<>();
        double below = 0;
        for (int i = 0; i < LADDER.size(); i++) {
            final LatencyResult step = (LatencyResult) ladder.get(i);
            final double spread = step.highestAt(MEDIAN) - step.lowestAt(MEDIAN);
            added.add(new ScalarResult(LADDER.get(i).adds(), "ns", step.at(MEDIAN) - below, spread));
            below = step.at(MEDIAN);
        }
        return added;
    }
}

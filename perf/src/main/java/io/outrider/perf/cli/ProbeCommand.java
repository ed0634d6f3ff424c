package io.outrider.perf.cli;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.report.Result;
import io.outrider.perf.report.ScalarResult;
import io.outrider.perf.round.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Runs the probes of one group. */
abstract class ProbeCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    private final Probe.Group group;

    ProbeCommand(final Probe.Group group) {
        this.group = group;
    }

    @Override
    public Integer call() throws Exception {
        options.refuseTimes();
        final List<Probe> probes = options.chosen(Probe.ofGroup(group), Probe::name);
        final Rounds rounds = options.rounds(options.plan(), List.of(), probes.size());
        final List<Result> results = new ArrayList<>();
        rounds.probe(probes).values().forEach(found -> results.addAll(summed(found)));
        return options.publish(results, rounds.failures());
    }

    static List<Result> summed(final List<List<Figure>> rounds) {
        final Map<Figure, List<Double>> values = new LinkedHashMap<>();
        rounds.forEach(round -> round.forEach(
                figure -> values.computeIfAbsent(new Figure(figure.name(), figure.unit(), 0), key -> new ArrayList<>())
                        .add(figure.value())));
        final List<Result> results = new ArrayList<>();
        values.forEach((figure, found) -> results.add(ScalarResult.of(figure.name(), figure.unit(), found)));
        return results;
    }
}

package io.outrider.perf.part;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.report.Result;
import io.outrider.perf.report.ScalarResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * From a bare cache line to a call, each rung with one thing more than the one below it.
 *
 * @param name of the way that the calls take
 * @param rungs from the lowest
 */
public record Ladder(String name, List<Rung> rungs) {
    private static final String NS = "ns";

    /** The ways of a call. */
    public static final List<Ladder> ALL = List.of(
            new Ladder(
                    "direct",
                    List.of(
                            new Rung("outrider.ring.slot.echo", "headers_and_slot"),
                            new Rung("outrider.ring.call.primitive", "stub_engine_and_dispatch"))),
            new Ladder(
                    "lane",
                    List.of(
                            new Rung("agrona.manytoone.echo", "rings"),
                            new Rung("outrider.ring.link.echo", "headers_and_transport"),
                            new Rung("outrider.ring.call.lane", "stub_engine_and_dispatch"))));

    /**
     * A rung.
     *
     * @param contender that is timed
     * @param adds what it has and the one below has not
     */
    public record Rung(String contender, String adds) {}

    /** Copies the list. */
    public Ladder {
        rungs = List.copyOf(rungs);
    }

    /** How many times as long as that of the fastest pair of processes a line may take for the pair to count as fast; and how far one pair's two lines may differ. */
    private static final double FAST = 1.6;

    /** One pair of processes: the time of its bare line, and that of a call between them. */
    private record Pair(double before, double call, double after) {
        double line() {
            return (before + after) / 2;
        }

        /** Whether it kept its speed while it was measured. */
        boolean isSteady() {
            return Math.max(before, after) <= FAST * Math.min(before, after);
        }
    }

    /**
     * Compares the rungs, those of fast pairs of processes and those of slow ones apart; pairs that changed their speed are left out.
     *
     * @param found by the rungs' probes, in each round
     * @return of each speed that was seen and each ladder what the rungs add, from the bare line to the whole
     */
    public static List<Result> climbed(final Map<String, List<List<Figure>>> found) {
        final Map<String, List<Pair>> pairs = new LinkedHashMap<>();
        found.forEach((name, rounds) -> {
            if (contenders().contains(name)) {
                pairs.put(
                        name,
                        rounds.stream().map(Ladder::pair).filter(Pair::isSteady).toList());
            }
        });
        final double fastest = all(pairs).stream().mapToDouble(Pair::line).min().orElse(0);
        final List<Result> results = new ArrayList<>();
        for (final String speed : List.of("fast", "slow")) {
            final Map<String, List<Pair>> alike = new LinkedHashMap<>();
            pairs.forEach((name, each) -> alike.put(
                    name,
                    each.stream()
                            .filter(pair -> "fast".equals(speed) == pair.line() <= FAST * fastest)
                            .toList()));
            if (!all(alike).isEmpty()) {
                ALL.forEach(ladder -> results.addAll(ladder.climb(speed, alike)));
            }
        }
        return results;
    }

    private List<Result> climb(final String speed, final Map<String, List<Pair>> pairs) {
        final String prefix = speed + "." + name + ".";
        final List<Result> results = new ArrayList<>();
        ScalarResult below = of(prefix + "1.cache_line", all(pairs), Pair::line);
        results.add(below);
        for (int i = 0; i < rungs.size(); i++) {
            final List<Pair> ofRung = pairs.getOrDefault(rungs.get(i).contender(), List.of());
            if (ofRung.isEmpty()) {
                return List.of();
            }
            final ScalarResult rung = of(rungs.get(i).contender(), ofRung, Pair::call);
            results.add(new ScalarResult(
                    prefix + (i + 2) + "." + rungs.get(i).adds(), NS, rung.value() - below.value(), rung.spread()));
            below = rung;
        }
        results.add(new ScalarResult(prefix + "all", NS, below.value(), below.spread()));
        return results;
    }

    private static ScalarResult of(final String name, final List<Pair> pairs, final Function<Pair, Double> figure) {
        return ScalarResult.of(name, NS, pairs.stream().map(figure).toList());
    }

    private static List<Pair> all(final Map<String, List<Pair>> pairs) {
        return pairs.values().stream().flatMap(List::stream).toList();
    }

    private static Pair pair(final List<Figure> figures) {
        return new Pair(
                figures.get(0).value(), figures.get(1).value(), figures.get(2).value());
    }

    static List<String> contenders() {
        return ALL.stream()
                .flatMap(ladder -> ladder.rungs().stream())
                .map(Rung::contender)
                .toList();
    }
}

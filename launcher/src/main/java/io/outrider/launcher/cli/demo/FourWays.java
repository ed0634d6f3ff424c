package io.outrider.launcher.cli.demo;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderConfig;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.launcher.local.CombinedExecutor;
import io.outrider.launcher.local.LocalExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The same code on each executor: two stations are made and asked at the same time, and the time that this takes is taken. */
final class FourWays {
    private static final int WIDTH = 2;
    private static final int JANUARY = 1;
    private static final int JUNE = 6;
    private static final int JULY = 7;
    private static final int DECEMBER = 12;
    private static final double NS_PER_MS = 1e6;

    private final Map<String, Double> milliseconds = new LinkedHashMap<>();
    private final OutriderConfig config;
    private final StationReport expected;
    private final Checks checks;

    /**
     * @param config of the workers
     * @param expected what the whole year gives
     * @param checks where differences go
     */
    FourWays(final OutriderConfig config, final StationReport expected, final Checks checks) {
        this.config = config;
        this.expected = expected;
        this.checks = checks;
    }

    /** Runs on all four; the line to be printed. */
    String run() {
        time("in line", Outrider::sequential);
        time("on threads", () -> Outrider.threads(WIDTH));
        time("in processes", () -> Outrider.open(config));
        time("in both", () -> new CombinedExecutor(LocalExecutor.threads(WIDTH), ProcessExecutor.open(config)));
        return "The same code, first run: "
                + milliseconds.entrySet().stream()
                        .map(way -> String.format(Locale.ROOT, "%s %.0f ms", way.getKey(), way.getValue()))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private void time(final String way, final Supplier<RemoteExecutor> opener) {
        try (RemoteExecutor executor = opener.get()) {
            final long begun = System.nanoTime();
            try (RemoteObject<WeatherStation> first =
                            executor.create(WeatherStation.class, () -> new SeattleStation(JANUARY, JUNE));
                    RemoteObject<WeatherStation> second =
                            executor.create(WeatherStation.class, () -> new SeattleStation(JULY, DECEMBER))) {
                final List<CompletableFuture<StationReport>> halves = executor.runAll(List.of(
                        () -> CompletableFuture.completedFuture(StationReport.ask(first.stub(), JANUARY, JUNE)),
                        () -> CompletableFuture.completedFuture(StationReport.ask(second.stub(), JULY, DECEMBER))));
                final StationReport year = StationReport.combine(
                        expected.pid(),
                        List.of(halves.get(0).join(), halves.get(1).join()));
                milliseconds.put(way, (System.nanoTime() - begun) / NS_PER_MS);
                checks.equal(way, year, expected);
            }
        }
    }
}

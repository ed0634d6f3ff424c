package io.outrider.launcher.cli.demo;

import io.outrider.Outrider;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The main job on real input: two workers host half of a year each and answer for it, on each transport; every answer is
 * checked against the same computed in this process and against what is known, and calls are timed. For one thread.
 */
final class Demo {
    /** How many calls are timed on each transport, unless something else is asked for. */
    static final int CALLS = 200_000;

    private static final List<String> TRANSPORTS = List.of("queue", "ring");
    /** What a worker logs goes to its stderr, and from there to this process's log. */
    private static final String QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

    private static final int JANUARY = 1;
    private static final int JUNE = 6;
    private static final int JULY = 7;
    private static final int DECEMBER = 12;

    private final Page page;
    private final Progress progress;
    private final KnownValues known;
    private final int calls;
    private final Checks checks = new Checks();
    private final Readings readings = Readings.ofSeattle();
    private final long pid = ProcessHandle.current().pid();
    private final StationReport local =
            StationReport.ask(new SeattleStation(readings, JANUARY, DECEMBER), JANUARY, DECEMBER);

    /**
     * @param page where to print
     * @param progress where to say what is being done
     * @param known what the readings give
     * @param calls how many to time on each transport
     */
    Demo(final Page page, final Progress progress, final KnownValues known, final int calls) {
        this.page = page;
        this.progress = progress;
        this.known = known;
        this.calls = calls;
    }

    /** Runs to the end; true if every value was right. Prints all but the verdict. */
    boolean run() {
        page.line("Hourly temperatures of Seattle, half of the year in each of two worker JVMs.");
        page.line("This process, the launcher, is pid %d.", pid);
        page.line("");
        final Map<String, Latencies> measured = new LinkedHashMap<>();
        for (final String transport : TRANSPORTS) {
            measured.put(transport, runOn(transport));
        }
        page.line("");
        page.line("%,d calls of one method, each after the other's reply, on each transport", calls);
        page.line(
                "(%s, %d processors):",
                JavaRuntime.describe(), Runtime.getRuntime().availableProcessors());
        page.line("");
        page.latencyHeading();
        measured.forEach(page::latencies);
        page.line("");
        page.line("%s", fourWays());
        page.line("");
        final List<String> differences = checks.differences();
        page.line("%,d values checked, %d wrong.", checks.made(), differences.size());
        differences.forEach(difference -> page.line("  %s", difference));
        return differences.isEmpty();
    }

    private String fourWays() {
        progress.show("running the same code in line, on threads, in processes and in both");
        try {
            return new FourWays(config(TRANSPORTS.get(1)), local, checks).run();
        } finally {
            progress.clear();
        }
    }

    private static OutriderConfig config(final String transport) {
        return Outrider.builder()
                .workers(2)
                .transport(transport)
                .jvmArguments(QUIET)
                .streamWindow(StreamDemo.WINDOW)
                .conclude();
    }

    private Latencies runOn(final String transport) {
        progress.show("starting two workers on " + transport);
        try (RemoteExecutor workers = Outrider.open(config(transport));
                RemoteObject<WeatherStation> first = station(workers, 0, JANUARY, JUNE);
                RemoteObject<WeatherStation> second = station(workers, 1, JULY, DECEMBER)) {
            progress.show("asking two workers on " + transport);
            final StationReport early = StationReport.ask(first.stub(), JANUARY, JUNE);
            final StationReport late = StationReport.ask(second.stub(), JULY, DECEMBER);
            report(transport, early, late);
            stream(transport, List.of(first.stub(), second.stub()));
            progress.show("handing the year over on " + transport);
            new YearInALoan(readings, page, checks).handOver(workers, transport, progress);
            feed(transport, workers);
            progress.show(String.format("timing calls on %s", transport));
            final Latencies latencies =
                    Latencies.measure(first.stub(), new SeattleStation(readings, JANUARY, JUNE), calls);
            checks.that(
                    latencies.wrongReplies() == 0,
                    "on " + transport + ", " + latencies.wrongReplies() + " replies were not the reading asked for");
            progress.show("ending the workers on " + transport);
            return latencies;
        } finally {
            progress.clear();
        }
    }

    private void stream(final String transport, final List<WeatherStation> stations) {
        progress.show("taking streams from two workers on " + transport);
        final StreamDemo.Report taken =
                new StreamDemo(checks).run(transport, stations, new SeattleStation(readings, JANUARY, DECEMBER));
        progress.clear();
        if (transport.equals(TRANSPORTS.get(0))) {
            page.streams(taken);
        }
    }

    private void feed(final String transport, final RemoteExecutor workers) {
        progress.show("feeding three workers on " + transport);
        final Map<Column, ColumnMean.Report> found = new FeedDemo(readings, checks).run(transport, workers);
        progress.clear();
        if (transport.equals(TRANSPORTS.get(0))) {
            page.feed(found);
        }
    }

    private static RemoteObject<WeatherStation> station(
            final RemoteExecutor workers, final int worker, final int firstMonth, final int lastMonth) {
        return workers.create(
                WeatherStation.class,
                () -> new SeattleStation(firstMonth, lastMonth),
                ObjectOptions.DEFAULT.on(worker));
    }

    private void report(final String transport, final StationReport early, final StationReport late) {
        final StationReport year = StationReport.combine(pid, List.of(early, late));
        progress.clear();
        if (transport.equals(TRANSPORTS.get(0))) {
            page.summary(early, late, year);
            page.months(early, late);
            page.line("  These values crossed on %s.", transport);
        } else {
            page.line("  The same again on %s, from pid %d and pid %d.", transport, early.pid(), late.pid());
        }
        checks.that(
                early.pid() != late.pid() && early.pid() != pid && late.pid() != pid,
                "on " + transport + ", the pids " + early.pid() + ", " + late.pid() + " and " + pid
                        + " are not those of three processes");
        checks.equal(transport, year, local);
        checks.equal(transport, year, known);
    }
}

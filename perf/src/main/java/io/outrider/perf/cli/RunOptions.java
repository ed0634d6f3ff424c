package io.outrider.perf.cli;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.page.HtmlReport;
import io.outrider.perf.report.JsonReport;
import io.outrider.perf.report.LatencyResult;
import io.outrider.perf.report.Machine;
import io.outrider.perf.report.Report;
import io.outrider.perf.report.Result;
import io.outrider.perf.report.TextReport;
import io.outrider.perf.round.Failure;
import io.outrider.perf.round.Plan;
import io.outrider.perf.round.Progress;
import io.outrider.perf.round.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that all comparisons share, and what they mean. */
public final class RunOptions {
    private static final int FULL_ROUNDS = 5;
    private static final int QUICK_ROUNDS = 3;
    private static final int FAILED = 1;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "Fewer rounds, shorter ones: for a look, not for figures to publish.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "How many rounds: 5 by default, 3 with --quick. With fewer the report says that the run is shorter.")
    private @Nullable Integer rounds;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these contenders.")
    private List<String> only = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with charts.")
    private @Nullable Path html;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            description =
                    "Before each measurement, such as PT3S. This and the next two are for single calls; probes choose their own times.")
    private @Nullable Duration warmUp;

    @Option(names = "--measured", paramLabel = "DURATION", description = "For how long calls are timed, such as PT3S.")
    private @Nullable Duration measured;

    @Option(names = "--calls", paramLabel = "N", description = "How many calls are timed in a round, at most.")
    private @Nullable Integer calls;

    private final Instant begin = Instant.now();
    private final Machine machine = Machine.here();

    Plan plan() {
        final Plan plan = normal();
        return new Plan(
                quick,
                positive("--warm-up", warmUp, plan.warmUp()),
                positive("--measured", measured, plan.measured()),
                calls == null ? plan.maxCalls() : atLeastOne("--calls", calls),
                plan.pace(),
                plan.interval());
    }

    private Plan normal() {
        return quick ? Plan.QUICK : Plan.FULL;
    }

    int rounds() {
        return rounds == null ? normalRounds() : atLeastOne("--rounds", rounds);
    }

    private int normalRounds() {
        return quick ? QUICK_ROUNDS : FULL_ROUNDS;
    }

    /** Whether less is done than such a run does by itself. */
    private boolean isShortened() {
        final Plan plan = plan();
        return rounds() < normalRounds()
                || plan.warmUp().compareTo(normal().warmUp()) < 0
                || plan.measured().compareTo(normal().measured()) < 0
                || plan.maxCalls() < normal().maxCalls();
    }

    private int atLeastOne(final String option, final int value) {
        if (value < 1) {
            throw new ParameterException(commandLine(), option + " is " + value + ": it must be 1 or more");
        }
        return value;
    }

    private Duration positive(final String option, final @Nullable Duration value, final Duration normal) {
        if (value == null) {
            return normal;
        }
        if (value.isNegative() || value.isZero()) {
            throw new ParameterException(commandLine(), option + " is " + value + ": it must be more than no time");
        }
        return value;
    }

    /** Those that {@code --only} names, or all. */
    <T> List<T> chosen(final List<T> all, final Function<T, String> name) {
        final List<String> names = all.stream().map(name).toList();
        for (final String wanted : only) {
            if (!names.contains(wanted)) {
                throw new ParameterException(
                        spec().commandLine(), "--only: there is no " + wanted + ", only " + String.join(", ", names));
            }
        }
        return all.stream()
                .filter(one -> only.isEmpty() || only.contains(name.apply(one)))
                .toList();
    }

    boolean hasOnly() {
        return !only.isEmpty();
    }

    CommandLine commandLine() {
        return spec().commandLine();
    }

    /** The rounds that the options ask for. */
    Rounds rounds(final Plan plan, final List<String> prefix, final int contenders) {
        final Progress progress = new Progress(System.err, Terminal.isThere(), contenders * rounds());
        return new Rounds(plan, rounds(), prefix, progress);
    }

    /** Runs those contenders that were chosen, and publishes; returns the exit status. */
    int compare(final List<Contender> all, final Plan plan, final List<String> prefix)
            throws IOException, InterruptedException {
        final List<Contender> contenders = chosen(all, Contender::name);
        final Rounds rounds = rounds(plan, prefix, contenders.size());
        final List<Result> results = new ArrayList<>();
        rounds.call(contenders).forEach((name, found) -> results.add(new LatencyResult(name, found)));
        return publish(results, rounds.failures());
    }

    /** Like {@link #compare}, with the probes of a group beside the contenders. */
    int compare(final List<String> timed, final Probe.Group group) throws IOException, InterruptedException {
        final List<Probe> all = Probe.ofGroup(group);
        final List<String> named = chosen(
                Stream.concat(timed.stream(), all.stream().map(Probe::name)).toList(), name -> name);
        final List<Contender> contenders =
                timed.stream().filter(named::contains).map(Contenders::named).toList();
        final List<Probe> probes =
                all.stream().filter(probe -> named.contains(probe.name())).toList();
        if (contenders.isEmpty()) {
            refuseTimes();
        }
        final Rounds rounds = rounds(plan(), List.of(), contenders.size() + probes.size());
        final List<Result> results = new ArrayList<>();
        rounds.call(contenders).forEach((name, found) -> results.add(new LatencyResult(name, found)));
        rounds.probe(probes).values().forEach(found -> results.addAll(ProbeCommand.summed(found)));
        return publish(results, rounds.failures());
    }

    /** For who runs nothing but probes, which choose their own times. */
    void refuseTimes() {
        if (Stream.of(warmUp, measured, calls).anyMatch(Objects::nonNull)) {
            throw new ParameterException(
                    commandLine(),
                    "--warm-up, --measured and --calls are for single calls, and here none are timed: probes choose their own times");
        }
    }

    /** Prints the report, and writes the files that were asked for; returns the exit status. */
    int publish(final List<Result> results, final List<Failure> failures) throws IOException {
        final String command = String.join(
                " ",
                spec().commandLine().getParseResult().originalArgs().isEmpty()
                        ? List.of(spec().name())
                        : spec().root().commandLine().getParseResult().originalArgs());
        final Report report = new Report(command, begin, machine, quick, isShortened(), rounds(), results, failures);
        TextReport.print(report, System.out);
        if (json != null) {
            Files.writeString(json, JsonReport.of(report));
            System.out.println("figures: " + json.toAbsolutePath());
        }
        if (html != null) {
            Files.writeString(html, HtmlReport.of(report));
            System.out.println("page: " + html.toAbsolutePath());
        }
        failures.forEach(System.err::println);
        return failures.isEmpty() ? 0 : FAILED;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("only picocli makes this");
        }
        return spec;
    }
}

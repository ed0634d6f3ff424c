package io.outrider.perf.cli;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.round.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Calls at a fixed rate, each timed from when it was due. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Times calls at a fixed rate, each from its intended start, so that no slow call hides others.")
public final class LoadCommand implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final List<String> TOO_SLOW = List.of("jdk.rmi", "grpc.loopback");

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            required = true,
            description = "Calls in a second, from 1 to 1000000000.")
    private long rate;

    @Override
    public Integer call() throws Exception {
        if (rate < 1 || rate > NANOS_PER_SECOND) {
            throw new ParameterException(
                    options.commandLine(),
                    "--rate is " + rate + ": it must be from 1 to " + NANOS_PER_SECOND + " calls in a second");
        }
        final List<Contender> contenders = options.hasOnly() ? Contenders.all() : fastEnough();
        return options.compare(
                contenders, options.plan().at(Pace.OPEN, Duration.ofNanos(NANOS_PER_SECOND / rate)), List.of());
    }

    private static List<Contender> fastEnough() {
        System.err.println("left out, since they answer too few calls in a second: " + String.join(", ", TOO_SLOW)
                + " (--only brings them in)");
        return Contenders.all().stream()
                .filter(contender -> !TOO_SLOW.contains(contender.name()))
                .toList();
    }
}

package io.outrider.perf.cli;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.round.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Calls with pauses in between, in which both sides fall asleep. */
@Command(
        name = "wakeup",
        mixinStandardHelpOptions = true,
        description = "Times calls into a parked worker, beside a Unix-domain socket after the same pause.")
public final class WakeupCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final List<String> SLEEPERS = List.of(
            "jdk.submit.get", "unix.socket.echo", "outrider.ring.call.adaptive", "outrider.queue.call.adaptive");

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        final List<Contender> contenders = Contenders.all().stream()
                .filter(contender -> SLEEPERS.contains(contender.name()))
                .toList();
        return options.compare(contenders, options.plan().at(Pace.PAUSED, PAUSE), List.of());
    }
}

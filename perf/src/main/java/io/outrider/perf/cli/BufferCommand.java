package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import java.util.List;
import java.util.concurrent.Callable;
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
        return options.compare(TIMED, Probe.Group.BUFFER);
    }
}

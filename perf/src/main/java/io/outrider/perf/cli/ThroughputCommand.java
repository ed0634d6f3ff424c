package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** How many calls in a second. */
@Command(
        name = "throughput",
        mixinStandardHelpOptions = true,
        description = "Counts calls in a second: 64 in flight, and four threads; beside raw rings.")
public final class ThroughputCommand extends ProbeCommand {
    /** For picocli. */
    public ThroughputCommand() {
        super(Probe.Group.THROUGHPUT);
    }
}

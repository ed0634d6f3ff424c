package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** Many workers, many objects. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = "Times calls beside idle workers, and into a worker with many objects.")
public final class ScaleCommand extends ProbeCommand {
    /** For picocli. */
    public ScaleCommand() {
        super(Probe.Group.SCALE);
    }
}

package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** From nothing to the first reply. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description = "Times a start to its first reply, beside that of an empty JVM.")
public final class StartupCommand extends ProbeCommand {
    /** For picocli. */
    public StartupCommand() {
        super(Probe.Group.STARTUP);
    }
}

package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** Where the time of a call goes. */
@Command(name = "breakdown", mixinStandardHelpOptions = true, description = "Times the parts of a call.")
public final class BreakdownCommand extends ProbeCommand {
    /** For picocli. */
    public BreakdownCommand() {
        super(Probe.Group.BREAKDOWN);
    }
}

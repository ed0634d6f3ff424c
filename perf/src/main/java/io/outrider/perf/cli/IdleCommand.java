package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** What an idle pair costs. */
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        description = "Takes the processor time and the memory of an idle launcher and worker.")
public final class IdleCommand extends ProbeCommand {
    /** For picocli. */
    public IdleCommand() {
        super(Probe.Group.IDLE);
    }
}

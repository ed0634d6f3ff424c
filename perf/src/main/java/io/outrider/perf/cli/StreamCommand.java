package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** What streams do in a second, and how soon they begin. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "Counts values of a stream in a second, and times the first; beside raw messages and gRPC.")
public final class StreamCommand extends ProbeCommand {
    /** For picocli. */
    public StreamCommand() {
        super(Probe.Group.STREAM);
    }
}

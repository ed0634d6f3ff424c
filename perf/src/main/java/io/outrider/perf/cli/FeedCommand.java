package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** What one writer and several readers do in a second. */
@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        description = "Counts frames of 64 KiB in a second that one writer fills and one reader, or three, look at.")
public final class FeedCommand extends ProbeCommand {
    /** For picocli. */
    public FeedCommand() {
        super(Probe.Group.FEED);
    }
}

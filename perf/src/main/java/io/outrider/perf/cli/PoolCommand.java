package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import picocli.CommandLine.Command;

/** Tasks over workers, beside a thread pool and Python's process pool. */
@Command(
        name = "pool",
        mixinStandardHelpOptions = true,
        description = "Times tasks and maps over workers, beside a thread of this JVM and Python's process pool.")
public final class PoolCommand extends ProbeCommand {
    /** For picocli. */
    public PoolCommand() {
        super(Probe.Group.POOL);
    }
}

package io.outrider.perf;

import io.outrider.perf.cli.BreakdownCommand;
import io.outrider.perf.cli.BufferCommand;
import io.outrider.perf.cli.CallCommand;
import io.outrider.perf.cli.FeedCommand;
import io.outrider.perf.cli.IdleCommand;
import io.outrider.perf.cli.JmhCommand;
import io.outrider.perf.cli.LoadCommand;
import io.outrider.perf.cli.PoolCommand;
import io.outrider.perf.cli.ProxyCommand;
import io.outrider.perf.cli.ScaleCommand;
import io.outrider.perf.cli.StartupCommand;
import io.outrider.perf.cli.StreamCommand;
import io.outrider.perf.cli.ThroughputCommand;
import io.outrider.perf.cli.WakeupCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./outrider perf}: what Outrider costs, beside what its peers cost, in one run. */
@Command(
        name = "perf",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures Outrider beside its peers, in one run.",
        subcommands = {
            CallCommand.class,
            BufferCommand.class,
            ThroughputCommand.class,
            FeedCommand.class,
            StreamCommand.class,
            StartupCommand.class,
            IdleCommand.class,
            ScaleCommand.class,
            PoolCommand.class,
            LoadCommand.class,
            WakeupCommand.class,
            ProxyCommand.class,
            BreakdownCommand.class,
            JmhCommand.class
        })
public final class PerfMain {
    private PerfMain() {}

    /**
     * Runs a command and exits with its status.
     *
     * @param args the command and its options
     */
    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PerfMain());
    }
}

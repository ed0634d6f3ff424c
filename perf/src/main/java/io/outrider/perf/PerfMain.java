package io.outrider.perf;

import io.outrider.perf.cli.CallCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./outrider perf}: what Outrider costs, beside what its peers cost, in one run. */
@Command(
        name = "perf",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures Outrider beside its peers, in one run.",
        subcommands = {CallCommand.class})
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

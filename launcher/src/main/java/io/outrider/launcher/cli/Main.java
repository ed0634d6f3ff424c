package io.outrider.launcher.cli;

import io.outrider.launcher.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line, {@code ./outrider}. Each subcommand is a class of its own and ends with an exit status. */
@Command(
        name = "outrider",
        description = "Runs your Java code in worker JVMs beside your own, over shared memory.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class, DoctorCommand.class, VersionCommand.class, HelpCommand.class})
public final class Main implements Runnable {
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    /**
     * Runs a command and exits with its status.
     *
     * @param args the command and its options
     */
    public static void main(final String[] args) {
        quieten();
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /** The logger of the command line says by default what a library did; a person at a terminal needs what went wrong. */
    private static void quieten() {
        if (System.getProperty(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "warn");
        }
    }

    /** Without a command: says what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

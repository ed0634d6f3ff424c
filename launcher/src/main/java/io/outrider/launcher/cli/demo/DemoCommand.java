package io.outrider.launcher.cli.demo;

import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code outrider demo}: exit status 0 only if every value was right. */
@Command(
        name = "demo",
        description = "Asks two workers about a year of weather, checks what they answer and times 200,000 calls.")
public final class DemoCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;

    private final KnownValues known;
    private final Supplier<Progress> progress;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Option(names = "--calls", paramLabel = "N", description = "Calls to time on each transport. Default: 200000.")
    private int calls = Demo.CALLS;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says what this command does and takes.")
    @SuppressWarnings("unused") // by picocli
    private boolean help;

    /** For picocli. */
    public DemoCommand() {
        this(KnownValues.SEATTLE, Progress::onTerminal);
    }

    DemoCommand(final KnownValues known, final Supplier<Progress> progress) {
        this.known = known;
        this.progress = progress;
    }

    @Override
    public Integer call() {
        if (calls < 1) {
            throw new ParameterException(spec.commandLine(), "--calls is " + calls + ": it must be 1 or more");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final boolean right = run(out);
        out.println(right ? "demo: ok" : "demo: FAILED");
        out.flush();
        return right ? OK : FAILED;
    }

    private boolean run(final PrintWriter out) {
        try {
            return new Demo(new Page(out), progress.get(), known, calls).run();
        } catch (final OutriderException failure) {
            final PrintWriter err = spec.commandLine().getErr();
            err.println("demo: " + failure.getMessage());
            if (failure instanceof RemoteCallException) { // where in the worker it was thrown
                failure.printStackTrace(err);
            }
            err.flush();
            return false;
        }
    }
}

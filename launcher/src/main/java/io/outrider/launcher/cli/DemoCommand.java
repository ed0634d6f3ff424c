package io.outrider.launcher.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code outrider demo}: the place where the demonstration plugs in. Its exit status is 0 only if every value was right. */
@Command(name = "demo", description = "Asks two workers about a year of weather, and checks what they answer.")
final class DemoCommand implements Callable<Integer> {
    private static final int NOT_THERE = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter err = spec.commandLine().getErr();
        err.println("demo: not in this build");
        err.flush();
        return NOT_THERE;
    }
}

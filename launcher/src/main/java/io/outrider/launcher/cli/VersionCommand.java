package io.outrider.launcher.cli;

import io.outrider.launcher.jvm.LauncherProperties;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code outrider version}: what is running, for a report. */
@Command(name = "version", description = "Prints the versions of Outrider, Java and the system.")
final class VersionCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Override
    public void run() {
        final PrintWriter out = spec.commandLine().getOut();
        final String version = VersionCommand.class.getPackage().getImplementationVersion();
        out.println("outrider " + (version == null ? "(from its classes, not from a jar)" : version));
        out.println("java     " + LauncherProperties.javaRuntime());
        out.println("system   " + LauncherProperties.operatingSystem() + " " + LauncherProperties.architecture());
        out.flush();
    }
}

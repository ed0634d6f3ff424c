package io.outrider.launcher.cli;

import io.outrider.config.OutriderConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outrider doctor}: whether Outrider can run here, and what to do if not. Exit status 1 if something fails. */
@Command(
        name = "doctor",
        description = "Checks JDK, flags, shared memory, processors and leftover sessions, and says what to do.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs anything
    private CommandSpec spec;

    @Option(names = "--sweep", description = "Delete the sessions that dead launchers left.")
    private boolean sweep;

    @Option(names = "--workers", description = "How many workers to check the memory for; ${DEFAULT-VALUE} by default.")
    private int workers = 1;

    @Option(names = "--base", description = "The base directory to check, instead of the default.")
    private @Nullable Path base;

    @Override
    public Integer call() {
        final var builder = OutriderConfig.builder().workers(workers);
        if (base != null) {
            builder.baseDirectory(base);
        }
        final List<Finding> findings = new Examination(builder.conclude(), sweep).findings();
        final PrintWriter out = spec.commandLine().getOut();
        boolean failed = false;
        for (final Finding finding : findings) {
            final String level = finding.level().name().toLowerCase(Locale.ROOT);
            out.printf(
                    "%-4s  %s%s%n", level, finding.what(), finding.advice().isEmpty() ? "" : " -> " + finding.advice());
            failed |= finding.level() == Finding.Level.FAIL;
        }
        out.println(failed ? "doctor: something must be done first" : "doctor: ok");
        out.flush();
        return failed ? 1 : 0;
    }
}

package io.outrider.launcher.process;

import io.outrider.config.OutriderConfig;
import io.outrider.launcher.jvm.ChildJava;
import io.outrider.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The command that runs a worker. Its own command line is short and tells nothing: all arguments stand in a file in the
 * worker's directory. Immutable, safe from any thread.
 *
 * @param java that runs the worker
 * @param arguments all that the file holds, in order
 */
record WorkerCommand(ChildJava java, List<String> arguments) {
    private static final String FILE_NAME = "worker.args";
    private static final double MAX_HEAP_PERCENT = 25;
    private static final double ALL_HEAPS_PERCENT = 50;

    WorkerCommand {
        arguments = List.copyOf(arguments);
    }

    static WorkerCommand of(final OutriderConfig config, final Path directory, final String mainClass) {
        final ChildJava java = ChildJava.find(config.worker().javaExecutable());
        final WorkerPaths paths = WorkerPaths.of(config.worker());
        final List<String> arguments = new ArrayList<>(java.flags(paths.moduleNames()));
        arguments.addAll(defaults(config.workers(), directory));
        // Later ones win.
        arguments.addAll(config.worker().jvmArguments());
        arguments.addAll(paths.arguments());
        arguments.add(mainClass);
        return new WorkerCommand(java, arguments);
    }

    /** The file in which the JVM describes its own crash. */
    static Path crashFile(final Path directory) {
        return directory.resolve("hs_err.log");
    }

    /**
     * Writes the file.
     *
     * @param directory the worker's own
     * @param mainArguments of the main class
     * @return the command line
     */
    List<String> write(final Path directory, final List<String> mainArguments) throws IOException {
        final List<String> all = new ArrayList<>(arguments);
        all.addAll(mainArguments);
        final Path file = directory.resolve(FILE_NAME);
        ArgumentFile.write(file, all);
        return List.of(java.executable().toString(), "@" + file);
    }

    static List<String> mainArguments(final Path directory, final int workerId, final int incarnation) {
        return List.of(directory.toString(), Integer.toString(workerId), Integer.toString(incarnation));
    }

    private static List<String> defaults(final int workers, final Path directory) {
        final double heap = Math.min(MAX_HEAP_PERCENT, ALL_HEAPS_PERCENT / workers);
        return List.of(
                // Small and few threads: there may be many workers on this host, beside the launcher.
                "-XX:+UseSerialGC",
                String.format(Locale.ROOT, "-XX:MaxRAMPercentage=%.2f", heap),
                // A loop of the user's without safepoints would otherwise keep even Runtime.halt waiting.
                "-XX:+UseCountedLoopSafepoints",
                "-XX:LoopStripMiningIter=1000",
                // A remote failure without frames would help nobody.
                "-XX:-OmitStackTraceInFastThrow",
                // What the JVM itself complains about belongs to the lines that are kept for the report.
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=" + crashFile(directory),
                // A core would hold all of the shared memory.
                "-XX:-CreateCoredumpOnCrash",
                "-Dchronicle.disk.monitor.disable=true",
                "-Dkryo.unsafe=false",
                // The pumps read UTF-8; the first two are for 19 and later, the others for before.
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Dsun.stderr.encoding=UTF-8");
    }

    /** The main class of a worker. */
    static String workerMain() {
        return WorkerMain.class.getName();
    }
}

package io.outrider.launcher.process;

import io.outrider.config.OutriderConfig;
import io.outrider.launcher.jvm.ChildJava;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that runs a worker. Its own command line is short and tells nothing: all arguments stand in a file in the
 * worker's directory. Immutable, safe from any thread.
 *
 * @param java that runs the worker
 * @param classPath of the worker, absolute entries in order
 * @param prefix the command that runs {@code java}, empty for none
 * @param arguments all that the file holds, in order
 */
public record WorkerCommand(ChildJava java, List<Path> classPath, List<String> prefix, List<String> arguments) {
    private static final String FILE_NAME = "worker.args";
    private static final double MAX_HEAP_PERCENT = 25;
    private static final double ALL_HEAPS_PERCENT = 50;

    /** Copies the lists. */
    public WorkerCommand {
        classPath = List.copyOf(classPath);
        prefix = List.copyOf(prefix);
        arguments = List.copyOf(arguments);
    }

    /**
     * The command that follows from the settings.
     *
     * @param config the settings
     * @param directory the worker's own
     * @param mainClass of the worker
     * @param options of this one process
     * @return the command
     * @throws io.outrider.error.OutriderException if there is no such {@code java}, or it can't be given the class path
     */
    public static WorkerCommand of(
            final OutriderConfig config, final Path directory, final String mainClass, final LaunchOptions options) {
        final ChildJava java = ChildJava.find(config.worker().javaExecutable());
        final WorkerPaths paths = WorkerPaths.of(config.worker());
        final List<String> arguments = new ArrayList<>(java.flags(paths.moduleNames()));
        arguments.addAll(defaults(config.workers(), directory));
        arguments.addAll(options.jvmArguments());
        // Later ones win.
        arguments.addAll(config.worker().jvmArguments());
        arguments.addAll(paths.arguments());
        arguments.add(mainClass);
        return new WorkerCommand(java, paths.classPath(), options.prefix(), arguments);
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
        final List<String> line = new ArrayList<>(prefix);
        line.add(java.executable().toString());
        line.add("@" + file);
        return line;
    }

    static List<String> mainArguments(final Path directory, final StartRequest request) {
        return List.of(
                directory.toString(),
                Integer.toString(request.workerId()),
                Integer.toString(request.incarnation()),
                request.config().link().transport());
    }

    private static List<String> defaults(final int workers, final Path directory) {
        final double heap = Math.min(MAX_HEAP_PERCENT, ALL_HEAPS_PERCENT / workers);
        return List.of(
                // Small and few threads: there may be many workers on this host, beside the launcher.
                "-XX:+UseSerialGC",
                "-XX:MaxRAMPercentage=" + Math.rint(heap * 100) / 100,
                // An idle worker keeps what its start has touched. By a share, which gives way to any -Xms and -Xmx.
                "-XX:InitialRAMPercentage=0.05",
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
                // The pumps read UTF-8; the first two are for 19 and later, the others for before.
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Dsun.stderr.encoding=UTF-8");
    }
}

package io.outrider.launcher.process;

import io.outrider.error.DeathReport;
import io.outrider.protocol.control.SecretToken;
import io.outrider.telemetry.Log;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's side of a worker: the process, its streams and its end. Safe from any thread; only the waits block,
 * each with a bound. It knows nothing of what is spoken with the worker.
 */
final class ForkedProcess {
    private static final Log LOG = Log.of(ForkedProcess.class);
    private static final int UNKNOWN = -1;
    private static final int CRASH_LINES = 12;

    private final int workerId;
    private final int incarnation;
    private final Path directory;
    private final Process process;
    private final long startedNs = System.nanoTime();
    private final LineTail tail = new LineTail();
    private final OutputPump stdout;
    private final OutputPump stderr;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile long endedNs;

    private ForkedProcess(final int workerId, final int incarnation, final Path directory, final Process process) {
        this.workerId = workerId;
        this.incarnation = incarnation;
        this.directory = directory;
        this.process = process;
        final Log worker = Log.named("io.outrider.worker." + workerId);
        final String name = "outrider-worker-" + workerId;
        stdout = new OutputPump(name + "-stdout", process.getInputStream(), line -> worker.info("{}", line), () -> {});
        final Consumer<String> keep = line -> {
            tail.add(line);
            worker.warn("{}", line);
        };
        stderr = new OutputPump(name + "-stderr", process.getErrorStream(), keep, this::awaitEnd);
    }

    /**
     * Forks. Nothing is said yet: see {@link #give}.
     *
     * @param builder with command, environment and working directory
     * @param request whose worker it is
     * @param directory the worker's own
     * @return the running process
     * @throws IOException if it can't be started
     */
    static ForkedProcess fork(final ProcessBuilder builder, final StartRequest request, final Path directory)
            throws IOException {
        final ForkedProcess forked =
                new ForkedProcess(request.workerId(), request.incarnation(), directory, builder.start());
        // Completed on the common pool, which user code may have filled, or by the pump, whose pipe a grandchild may
        // hold.
        final CompletableFuture<Void> unused = forked.process.onExit().thenRun(forked::end);
        forked.stdout.start();
        forked.stderr.start();
        return forked;
    }

    /** Hands the token over stdin, which then stays open: its end tells the worker that the launcher is gone. */
    void give(final SecretToken token) {
        try {
            token.writeTo(process.getOutputStream());
        } catch (final IOException e) {
            // It has ended already; why is told by its exit code and stderr, better than by a broken pipe.
            LOG.debug("worker {} took no token: {}", workerId, e.toString());
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Runs something when the process has ended, at once if it has; it must not block. */
    void onExit(final Runnable action) {
        final CompletableFuture<Void> unused = ended.thenRun(action);
    }

    /** Waits for the end, which also reaps the process. */
    boolean awaitExit(final Duration timeout) {
        return Waits.until(timeout, leftMs -> process.waitFor(leftMs, TimeUnit.MILLISECONDS));
    }

    /** On the pump's thread, once the process has nothing more to say. */
    private void awaitEnd() {
        try {
            process.waitFor();
            end();
        } catch (final InterruptedException e) {
            LOG.debug("the pump of worker {} was interrupted; its end will be noticed elsewhere", workerId);
        }
    }

    private void end() {
        endedNs = System.nanoTime();
        ended.complete(null);
    }

    /** Waits until the pumps have delivered all; a grandchild that holds the pipes open must not make this long. */
    void awaitOutput(final Duration timeout) {
        stdout.awaitEnd(timeout);
        stderr.awaitEnd(timeout);
    }

    /** Asks the process to end, with SIGTERM. By its handle: {@code Process.destroy} would close its streams unread. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Ends the process and all that it started, with SIGKILL, which works on a stopped one too. */
    void kill() {
        final List<ProcessHandle> family;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            // Before its parent ends: afterwards nobody knows whose they were.
            family = descendants.toList();
        }
        process.toHandle().destroyForcibly(); // by its handle as well: its last words may not have been read yet
        family.forEach(ProcessHandle::destroyForcibly);
    }

    /** Lets go of stdin. For after the end. */
    void closeStdin() {
        try {
            process.getOutputStream().close();
        } catch (final IOException e) {
            LOG.debug("closing the stdin of worker {} failed: {}", workerId, e.toString());
        }
    }

    List<String> stderrTail() {
        return tail.lines();
    }

    /** What is known of the end; for after {@link #awaitExit}. */
    DeathReport report(final @Nullable String lastCall, final @Nullable String reason) {
        final long untilNs = endedNs == 0 ? System.nanoTime() : endedNs;
        final List<String> lines = new ArrayList<>(tail.lines());
        lines.addAll(crash());
        return new DeathReport(
                workerId,
                incarnation,
                pid(),
                process.isAlive() ? UNKNOWN : process.exitValue(),
                Duration.ofNanos(untilNs - startedNs),
                lastCall,
                lines,
                reason);
    }

    /** The head of what a crashed JVM wrote about it; the whole is kept, since the worker's directory is not. */
    private List<String> crash() {
        final Path file = WorkerCommand.crashFile(directory);
        if (Files.notExists(file)) {
            return List.of();
        }
        final List<String> lines = new ArrayList<>();
        try {
            try (Stream<String> all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                all.filter(line -> line.length() > 2).limit(CRASH_LINES).forEach(lines::add);
            }
            final Path kept = Files.createTempFile("outrider-hs_err-" + pid() + "-", ".log");
            Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
            lines.add("# The whole of it is in " + kept);
        } catch (final IOException | UncheckedIOException e) {
            lines.add("# " + file + " can't be read: " + e);
        }
        return lines;
    }
}

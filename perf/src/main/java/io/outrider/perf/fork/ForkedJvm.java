package io.outrider.perf.fork;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that was forked, spoken to by lines. It is to end when its standard input does, so that none outlives the process that
 * started it. For one thread; {@link #close} blocks until it is gone.
 */
public final class ForkedJvm implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 20;

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final Path log;

    private ForkedJvm(final Process process, final Path log) {
        this.process = process;
        this.log = log;
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.US_ASCII);
    }

    /**
     * Starts a JVM.
     *
     * @param command to run
     * @param log receives its standard error
     * @return the running JVM
     * @throws IOException if it can't be started
     */
    public static ForkedJvm start(final JavaCommand command, final Path log) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command.words());
        List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(builder.environment()::remove);
        return new ForkedJvm(builder.redirectError(log.toFile()).start(), log);
    }

    /**
     * Its process.
     *
     * @return the pid
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Waits for a line.
     *
     * @param line that it has to print next
     * @throws IOException if it prints another or ends
     */
    public void expect(final String line) throws IOException {
        final String printed = output.readLine();
        if (!line.equals(printed)) {
            throw failed("printed " + printed + " where " + line + " was expected");
        }
    }

    /**
     * Asks for a line.
     *
     * @param request one line
     * @return the line that it answers
     * @throws IOException if it ends instead
     */
    public String ask(final String request) throws IOException {
        input.write(request);
        input.write('\n');
        input.flush();
        final String answer = output.readLine();
        if (answer == null) {
            throw failed("ended when asked for " + request);
        }
        return answer;
    }

    /**
     * Waits until it ends by itself.
     *
     * @param limit how long
     * @throws IOException if it has not ended well by then
     * @throws InterruptedException if interrupted
     */
    public void await(final Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw failed("has not ended in " + limit);
        }
        if (process.exitValue() != 0) {
            throw failed("ended with " + process.exitValue());
        }
    }

    private IOException failed(final String what) {
        return new IOException("the JVM with pid " + process.pid() + " " + what + "; the end of its log:\n" + tail());
    }

    private String tail() {
        try {
            final List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (final IOException | UncheckedIOException e) {
            return log + " can't be read: " + e;
        }
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (final IOException ignored) {
            // It has ended already, which is what this is for.
        }
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

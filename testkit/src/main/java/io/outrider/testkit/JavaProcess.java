package io.outrider.testkit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A second JVM that runs a main class of the test's class path with the flags of this JVM, and whose output is kept. Safe
 * from any thread. Closing it kills it and waits until it is gone, so that a test leaves none behind.
 */
public final class JavaProcess implements AutoCloseable {
    private static final List<String> FLAGS_TO_PASS_ON = List.of(
            "--add-", "--enable-native-access", "--sun-misc-unsafe", "-XX:+Ignore", "-Dchronicle.", "-Dorg.slf4j.");
    private static final long END_LIMIT_S = 10;

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private JavaProcess(final Process process) {
        this.process = process;
        reader = new Thread(this::readLines, "output-of-" + process.pid());
        reader.setDaemon(true);
    }

    /**
     * Starts a JVM.
     *
     * @param main its main class
     * @param arguments of the main method
     * @return the running process
     */
    public static JavaProcess start(final Class<?> main, final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx128m");
        command.add("-XX:TieredStopAtLevel=1");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> FLAGS_TO_PASS_ON.stream().anyMatch(flag::startsWith))
                .forEach(command::add);
        command.add("-cp");
        // Surefire's own class path is a jar that only names the real one.
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            final JavaProcess started = new JavaProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            started.reader.start();
            return started;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The number by which the system knows it.
     *
     * @return the process id
     */
    public long pid() {
        return process.pid();
    }

    /**
     * What it has written up to now.
     *
     * @return its lines, standard error among them
     */
    public List<String> output() {
        return List.copyOf(lines);
    }

    /**
     * Waits until it has written a line.
     *
     * @param line the whole line
     * @param await bounds the wait
     */
    public void awaitLine(final String line, final Await await) {
        await.until("\"" + line + "\" from the other process, which said " + lines, () -> {
            if (!lines.contains(line) && !process.isAlive() && !reader.isAlive()) {
                throw new AssertionError("the other process ended with " + process.exitValue() + " and said " + lines);
            }
            return lines.contains(line);
        });
    }

    /**
     * Writes a line to its standard input.
     *
     * @param line without its end
     */
    public void say(final String line) {
        try {
            final BufferedWriter input = process.outputWriter();
            input.write(line);
            input.newLine();
            input.flush();
        } catch (final IOException e) {
            throw new UncheckedIOException("it said " + lines, e);
        }
    }

    /** Kills it as the kernel would, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
                throw new AssertionError("process " + pid() + " does not end");
            }
            reader.join(TimeUnit.SECONDS.toMillis(END_LIMIT_S));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (final IOException e) {
            lines.add("output ended with " + e);
        }
    }
}

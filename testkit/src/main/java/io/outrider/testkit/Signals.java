package io.outrider.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Sends signals to processes of the test by the {@code kill} command. Blocks until the signal was sent. */
public final class Signals {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private Signals() {}

    /**
     * Freezes a process, as a debugger or an overloaded host would. Returns when each of its threads has stopped: on a busy
     * host that is later than the signal was sent.
     *
     * @param pid of a child of this process
     */
    public static void stop(final long pid) {
        send("-STOP", pid);
        new Await(STOP_LIMIT).until("all threads of " + pid + " stopped", () -> isStopped(pid));
    }

    private static boolean isStopped(final long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (final Path thread : threads.toList()) {
                final String stat = Files.readString(thread.resolve("stat"));
                final char state = stat.charAt(stat.lastIndexOf(')') + 2); // the name before it may hold anything
                if (state != 'T') {
                    return false;
                }
            }
            return true;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets a frozen process go on.
     *
     * @param pid of a child of this process
     */
    public static void resume(final long pid) {
        send("-CONT", pid);
    }

    /**
     * Ends a process at once; it gets no chance to clean up.
     *
     * @param pid of a child of this process
     */
    public static void kill(final long pid) {
        send("-KILL", pid);
    }

    private static void send(final String signal, final long pid) {
        try {
            final int exit = new ProcessBuilder("kill", signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill " + signal + " " + pid + " failed with " + exit);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while sending " + signal + " to " + pid, e);
        }
    }
}

package io.outrider.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes of the test by the {@code kill} command. Blocks until the signal was sent. */
public final class Signals {
    private Signals() {}

    /**
     * Freezes a process, as a debugger or an overloaded host would.
     *
     * @param pid of a child of this process
     */
    public static void stop(final long pid) {
        send("-STOP", pid);
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

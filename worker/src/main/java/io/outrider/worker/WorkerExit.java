package io.outrider.worker;

import java.io.PrintStream;

/**
 * The exit codes of a worker, and the one place from which it is halted. Each code stands for one reason, so that a death
 * report tells Outrider's own endings from those of user code. Safe from any thread.
 */
public final class WorkerExit {
    /** Shut down by the launcher. */
    public static final int OK = 0;
    /** Not started by a launcher: the arguments or the token are wrong. */
    public static final int USAGE = 80;
    /** The initializer threw, or something that is needed could not be opened. */
    public static final int START_FAILED = 81;
    /** The two sides do not fit. */
    public static final int REFUSED = 82;
    /** The launcher is gone. */
    public static final int LAUNCHER_LOST = 83;
    /** An {@link Error} in Outrider's own code, after which nothing that it holds can be trusted. */
    public static final int INTERNAL_ERROR = 84;

    private WorkerExit() {}

    /**
     * Ends the JVM at once after an {@link Error} in Outrider's own code: a lane that may have lost its place must not be
     * written to again. No shutdown hook runs. Does not return.
     *
     * @param where what was being done
     * @param error what was thrown
     */
    public static void internalError(final String where, final Throwable error) {
        try {
            say("outrider: " + where + " failed, the worker ends: " + error);
            error.printStackTrace(System.err);
        } finally {
            Runtime.getRuntime().halt(INTERNAL_ERROR);
        }
    }

    /** Prints a line to stderr, which the launcher keeps for its report. */
    static void say(final String line) {
        final PrintStream err = System.err;
        err.println(line);
        err.flush();
    }
}

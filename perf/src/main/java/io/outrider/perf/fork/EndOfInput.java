package io.outrider.perf.fork;

import java.io.IOException;

/** Ends a forked JVM when whoever started it is gone: its standard input has ended then. */
public final class EndOfInput {
    private EndOfInput() {}

    /** Watches from a daemon thread. */
    public static void haltsThisJvm() {
        final Thread watch = new Thread(EndOfInput::drain, "end-of-input");
        watch.setDaemon(true);
        watch.start();
    }

    private static void drain() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is expected; only the end is.
            }
        } catch (final IOException ignored) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(1);
    }
}

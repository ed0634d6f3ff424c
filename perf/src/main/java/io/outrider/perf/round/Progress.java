package io.outrider.perf.round;

import java.io.PrintStream;

/** Tells whoever waits what is being done and how much is left. Rewrites one line on a terminal, prints lines elsewhere. */
public final class Progress {
    private static final String CLEAR_LINE = "\r\033[K";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final int steps;
    private final long begin = System.nanoTime();
    private int begun;

    /**
     * @param out where to print
     * @param terminal whether that is a terminal
     * @param steps how many there will be
     */
    public Progress(final PrintStream out, final boolean terminal, final int steps) {
        this.out = out;
        this.terminal = terminal;
        this.steps = steps;
    }

    /**
     * A step begins.
     *
     * @param what it does
     */
    public void step(final String what) {
        final String line = "[" + (begun + 1) + "/" + steps + "] " + what + left();
        begun++;
        if (terminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** A step is left out. */
    public void skip() {
        begun++;
    }

    /** The last step has ended. */
    public void done() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private String left() {
        if (begun == 0) {
            return "";
        }
        final long perStep = (System.nanoTime() - begin) / begun;
        return ", about " + (perStep * (steps - begun) / NANOS_PER_SECOND + 1) + " s left";
    }
}

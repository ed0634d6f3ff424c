package io.outrider.perf.probe.cost;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;

/** Waits until processes that were just started do no more than idle ones do. */
final class Quiet {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int LOOK_MS = 300;
    private static final int MS_PER_SECOND = 1_000;

    /** Of one processor. */
    private static final double IDLE_SHARE = 0.02;

    private static final double TOGETHER = 0.05;

    private Quiet() {}

    /** Returns once they are quiet, or when that takes too long. */
    static void await(final Collection<Long> pids) throws IOException, InterruptedException {
        final double allowed = (TOGETHER + IDLE_SHARE * pids.size()) * LOOK_MS / MS_PER_SECOND;
        final long end = System.nanoTime() + PATIENCE.toNanos();
        double before = cpuSeconds(pids);
        double used = Double.MAX_VALUE;
        while (used > allowed && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_MS);
            final double now = cpuSeconds(pids);
            used = now - before;
            before = now;
        }
    }

    private static double cpuSeconds(final Collection<Long> pids) throws IOException {
        double seconds = 0;
        for (final long pid : pids) {
            seconds += ProcFs.cpuSeconds(pid);
        }
        return seconds;
    }
}

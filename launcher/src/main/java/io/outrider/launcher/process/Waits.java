package io.outrider.launcher.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Bounded waits that an interrupt does not cut short: what must be cleaned up is cleaned up. Stateless. */
final class Waits {
    private Waits() {}

    /** Waits once for up to so many milliseconds, at least 1, and says whether what it waited for has come. */
    @FunctionalInterface
    interface Step {
        boolean await(long leftMs) throws InterruptedException;
    }

    /**
     * Waits; an interrupt is remembered and set again.
     *
     * @param timeout the longest to wait
     * @param step to repeat
     * @return whether it came
     */
    static boolean until(final Duration timeout, final Step step) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
                try {
                    if (step.await(Math.max(1, leftMs))) {
                        return true;
                    }
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
                if (leftMs <= 0) {
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

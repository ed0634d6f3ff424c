package io.outrider.worker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Halts the JVM at a deadline, whatever user code does: loop, ignore interrupts, hold locks or hang in a shutdown hook. Its
 * thread is started before any user code and takes no lock, allocates nothing and prints nothing when the time has come.
 * Safe from any thread; {@link #arm} does not block.
 */
final class Watchdog {
    private static final long UNARMED = Long.MAX_VALUE;

    private final Thread thread = new Thread(this::watch, "outrider-watchdog");
    private final Runtime runtime = Runtime.getRuntime();
    private final long originNs = System.nanoTime();
    /** Relative to the origin, so that it can be compared. */
    private volatile long deadlineNs = UNARMED;

    private volatile int exitCode;

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Sets the deadline, or brings it forward; a later one than the one that is set changes nothing.
     *
     * @param limit from now
     * @param code to exit with
     */
    synchronized void arm(final Duration limit, final int code) {
        final long wantedNs = System.nanoTime() - originNs + limit.toNanos();
        if (wantedNs < deadlineNs) {
            exitCode = code;
            deadlineNs = wantedNs;
            LockSupport.unpark(thread);
        }
    }

    private void watch() {
        while (true) {
            // User code that walks all threads may interrupt this one; a set status would turn parking into spinning.
            Thread.interrupted();
            final long deadline = deadlineNs;
            if (deadline == UNARMED) {
                LockSupport.park(this);
            } else {
                final long leftNs = deadline - (System.nanoTime() - originNs);
                if (leftNs <= 0) {
                    runtime.halt(exitCode);
                }
                LockSupport.parkNanos(this, leftNs);
            }
        }
    }
}

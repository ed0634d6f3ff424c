package io.outrider.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits in tests for what another thread or process does, up to a deadline. Blocks the calling thread, which must own it
 * alone; the deadline is counted from construction, so that one object bounds a whole test.
 */
public final class Await {
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final long startNs = System.nanoTime();
    private final Duration limit;

    /** @param limit how long the test may take altogether */
    public Await(final Duration limit) {
        this.limit = limit;
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words, for the message
     * @param condition asked again and again
     * @throws AssertionError if it doesn't hold before the deadline
     */
    public void until(final String what, final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            check(what);
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Lets other threads run: for loops that must not spin on a host with fewer processors than busy threads. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it
    public static void giveWay() {
        Thread.yield();
    }

    /**
     * For loops that wait by themselves.
     *
     * @param what is waited for, for the message
     * @throws AssertionError if the deadline has passed
     */
    public void check(final String what) {
        if (System.nanoTime() - startNs > limit.toNanos()) {
            throw new AssertionError("not within " + limit + ": " + what);
        }
    }
}

package io.outrider.manager.sync;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A place where threads of several processes wait for each other, as {@link java.util.concurrent.CyclicBarrier} is for
 * one. It breaks when one of those who wait is interrupted, waits for too long, or dies; the others are told by {@link
 * BrokenBarrierException}. Safe from any thread. Each method is one round trip; waiting takes no thread of the worker.
 */
public interface SharedBarrier {
    /**
     * Waits until all have come.
     *
     * @return how many were still missing when the caller came, 0 for the last
     * @throws InterruptedException if the thread is interrupted meanwhile; that breaks the barrier
     * @throws BrokenBarrierException if it is broken, or breaks meanwhile
     */
    int await() throws InterruptedException, BrokenBarrierException;

    /**
     * Waits until all have come, for some time.
     *
     * @param time how long
     * @param unit of the time
     * @return how many were still missing when the caller came, 0 for the last
     * @throws InterruptedException if the thread is interrupted meanwhile; that breaks the barrier
     * @throws BrokenBarrierException if it is broken, or breaks meanwhile
     * @throws TimeoutException if the time is up; that breaks the barrier
     */
    int await(long time, TimeUnit unit) throws InterruptedException, BrokenBarrierException, TimeoutException;

    /**
     * How many must come.
     *
     * @return 1 or more
     */
    int getParties();

    /**
     * How many wait.
     *
     * @return less than {@link #getParties}
     */
    int getNumberWaiting();

    /**
     * Whether it is broken.
     *
     * @return true until it is reset
     */
    boolean isBroken();

    /** Breaks it for those who wait, and makes it whole for those who come. */
    void reset();
}

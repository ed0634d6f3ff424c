package io.outrider.manager.sync;

import java.util.concurrent.TimeUnit;

/**
 * Permits for several processes, as {@link java.util.concurrent.Semaphore} has them for one. They are counted for each
 * process: those of a process that dies come back, and {@link #isBroken} says so. Any thread of any process may give
 * permits back, so that a process may release what another acquired; that is then no longer counted as the other's.
 * Safe from any thread.
 *
 * <p>Each method is one round trip; one that waits is two where there are too few permits, and blocks. Permits go to
 * who waits in the order of coming, and nobody overtakes. An interrupt ends a wait.
 */
public interface SharedSemaphore {
    /**
     * Takes a permit, and waits for it.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    default void acquire() throws InterruptedException {
        acquire(1);
    }

    /**
     * Takes permits, and waits for them.
     *
     * @param permits 0 or more
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void acquire(int permits) throws InterruptedException;

    /**
     * Takes a permit if there is one.
     *
     * @return whether it was taken
     */
    default boolean tryAcquire() {
        return tryAcquire(1);
    }

    /**
     * Takes permits if there are so many.
     *
     * @param permits 0 or more
     * @return whether they were taken
     */
    boolean tryAcquire(int permits);

    /**
     * Takes permits, and waits for them for some time.
     *
     * @param permits 0 or more
     * @param time how long
     * @param unit of the time
     * @return whether they were taken
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    boolean tryAcquire(int permits, long time, TimeUnit unit) throws InterruptedException;

    /** Gives a permit back, or makes one. */
    default void release() {
        release(1);
    }

    /**
     * Gives permits back, or makes new ones.
     *
     * @param permits 0 or more
     * @throws IllegalStateException if it is bounded and fewer were taken
     */
    void release(int permits);

    /**
     * Takes all that there are.
     *
     * @return how many
     */
    int drainPermits();

    /**
     * How many there are.
     *
     * @return 0 or more
     */
    int availablePermits();

    /**
     * Whether a process died that had permits, and nobody has called {@link #mend} since.
     *
     * @return true if so
     */
    boolean isBroken();

    /** Says that what the permits stand for is in order again. */
    void mend();
}

package io.outrider.manager.sync;

import java.util.concurrent.TimeUnit;

/**
 * A flag that threads of several processes wait for: unlike a latch it can be taken back. Safe from any thread. Each
 * method is one round trip. Waiting blocks the caller, ends on interrupt, and takes no thread of the worker, however
 * many wait.
 */
public interface SharedEvent {
    /** Sets it, and lets all go who wait. */
    void set();

    /** Takes it back. */
    void clear();

    /**
     * Whether it is set.
     *
     * @return as it was a moment ago
     */
    boolean isSet();

    /**
     * How many threads wait.
     *
     * @return those of all processes, as it was a moment ago
     */
    int getNumberWaiting();

    /**
     * Waits until it is set.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void await() throws InterruptedException;

    /**
     * Waits until it is set, for some time.
     *
     * @param time how long
     * @param unit of the time
     * @return whether it was set
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    boolean await(long time, TimeUnit unit) throws InterruptedException;
}

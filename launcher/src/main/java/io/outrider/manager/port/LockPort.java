package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.Waits;
import java.util.concurrent.CompletableFuture;

/**
 * A lock for one writer or any number of readers, with conditions of the writer's. All other locks are less than that.
 * A holder is a client and a thread of it, and what a lost client held is released.
 */
@Uninterruptible
public interface LockPort extends WaitPort {
    /** The outcome of a wait that got what it waited for. */
    int GRANTED = 0;

    /**
     * Takes the lock if that is possible at once, behind those who wait.
     *
     * @param shared to read, beside other readers
     * @param thread of this client
     * @return whether it holds the lock
     */
    boolean tryLock(boolean shared, long thread);

    /**
     * Waits for the lock.
     *
     * @param shared to read, beside other readers
     * @param thread of this client
     * @param timeoutNs from now, or {@link #FOR_EVER}
     * @return {@link #GRANTED}, {@link #TIMED_OUT} or {@link #CANCELLED}
     */
    @Waits
    CompletableFuture<Integer> lock(boolean shared, long thread, long timeoutNs);

    /**
     * Gives the lock up, or one of the holds of a reentrant one.
     *
     * @param shared as it was taken
     * @param thread of this client, which must hold it: otherwise an {@link IllegalMonitorStateException}
     */
    void unlock(boolean shared, long thread);

    /**
     * Makes a condition.
     *
     * @return its number
     */
    int newCondition();

    /**
     * Gives the lock up, waits for a signal and then for the lock.
     *
     * @param condition its number
     * @param thread of this client, which must hold the lock
     * @param timeoutNs for the signal, or {@link #FOR_EVER}
     * @return {@link #GRANTED} after a signal, {@link #TIMED_OUT} or {@link #CANCELLED}; in each case with the lock
     */
    @Waits
    CompletableFuture<Integer> await(int condition, long thread, long timeoutNs);

    /**
     * Wakes one or all of those who wait for a condition.
     *
     * @param condition its number
     * @param thread of this client, which must hold the lock
     * @param all or the first alone
     */
    void signal(int condition, long thread, boolean all);

    /**
     * Whether anybody holds the lock to write.
     *
     * @return true if so
     */
    boolean isLocked();

    /**
     * How often a thread holds the lock.
     *
     * @param shared to read
     * @param thread of this client
     * @return 0 if it does not
     */
    int holds(boolean shared, long thread);

    /**
     * How many hold the lock to read, each counted as often as it holds it.
     *
     * @return 0 or more
     */
    int readers();

    /**
     * Whether a client was lost that held the lock, and nobody has mended that.
     *
     * @return true if so
     */
    boolean isBroken();

    /**
     * Says that what the lock guards is in order again.
     *
     * @param thread of this client, which must hold the lock to write
     */
    void mend(long thread);
}

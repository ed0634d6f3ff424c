package io.outrider.manager.sync;

import java.util.concurrent.locks.Lock;

/**
 * A lock between threads of several processes. Its holder is a thread of a process: no other thread, and no other
 * process, can unlock it. If the process that holds it dies it is released, the next one that waits gets it, and {@link
 * #isBroken} says that what it guards may be half changed. Safe from any thread.
 *
 * <p>Each method is one round trip; {@code lock} and the timed {@code tryLock} are two where the lock is taken, and
 * block. Waiting takes no thread of the worker. An interrupt ends {@code lockInterruptibly} and the timed {@code
 * tryLock}. Of its conditions each method is one round trip, {@code await} too, which ends when the lock is held again. Who waits gets the lock in the order of coming, and {@code tryLock} does not overtake those who wait.
 *
 * <p>A thread that asks for a lock that it holds and that is not reentrant gets an {@link IllegalMonitorStateException}
 * where it would wait for ever. So does who unlocks what it does not hold. If the worker dies each method fails with
 * {@link io.outrider.error.WorkerDiedException}.
 */
public interface SharedLock extends Lock {
    /**
     * Whether anybody holds it; of a read lock, whether anybody holds that.
     *
     * @return as it was a moment ago
     */
    boolean isLocked();

    /**
     * How often the calling thread holds it.
     *
     * @return 0 if it does not
     */
    int getHoldCount();

    /**
     * Whether a process died that held it, and nobody has called {@link #mend} since.
     *
     * @return true if what it guards may be half changed
     */
    boolean isBroken();

    /**
     * Says that what it guards is in order again.
     *
     * @throws IllegalMonitorStateException if the calling thread does not hold it, or holds it to read only
     */
    void mend();
}

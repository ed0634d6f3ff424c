package io.outrider.manager.sync;

import java.util.concurrent.locks.ReadWriteLock;

/**
 * A lock for one writer or several readers, in several processes; each of the two is a {@link SharedLock} and
 * reentrant. Who waits gets it in the order of coming, so readers don't keep a writer waiting for ever. A writer may
 * take the read lock as well; a reader that asks for the write lock gets an {@link IllegalMonitorStateException} where
 * it would wait for itself. Only the write lock has conditions. Safe from any thread.
 */
public interface SharedReadWriteLock extends ReadWriteLock {
    @Override
    SharedLock readLock();

    @Override
    SharedLock writeLock();
}

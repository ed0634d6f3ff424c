package io.outrider.manager.proxy;

import io.outrider.manager.port.LockPort;
import io.outrider.manager.sync.SharedLock;
import io.outrider.manager.sync.SharedReadWriteLock;

/** A lock for readers and writers. */
final class ReadWriteLockProxy extends Proxy<LockPort> implements SharedReadWriteLock {
    private static final long serialVersionUID = 1L;

    private final SharedLock readLock;
    private final SharedLock writeLock;

    ReadWriteLockProxy(final LockPort port) {
        super(port);
        readLock = new LockProxy(port, true);
        writeLock = new LockProxy(port, false);
    }

    @Override
    public SharedLock readLock() {
        return readLock;
    }

    @Override
    public SharedLock writeLock() {
        return writeLock;
    }
}

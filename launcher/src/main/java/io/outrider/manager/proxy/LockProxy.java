package io.outrider.manager.proxy;

import io.outrider.error.RemoteCallException;
import io.outrider.manager.port.LockPort;
import io.outrider.manager.sync.SharedLock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** A lock, or one of the two of a lock for readers and writers. */
final class LockProxy extends Proxy<LockPort> implements SharedLock {
    private static final long serialVersionUID = 1L;

    private final boolean shared;

    LockProxy(final LockPort port, final boolean shared) {
        super(port);
        this.shared = shared;
    }

    @Override
    public void lock() {
        final long thread = Waits.thread();
        if (!port.tryLock(shared, thread)) {
            Waits.uninterruptibly(port, port.lock(shared, thread, LockPort.FOR_EVER));
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        Waits.checkInterrupt();
        final long thread = Waits.thread();
        if (!port.tryLock(shared, thread)) {
            Waits.interruptibly(port, port.lock(shared, thread, LockPort.FOR_EVER));
        }
    }

    @Override
    public boolean tryLock() {
        return port.tryLock(shared, Waits.thread());
    }

    @Override
    public boolean tryLock(final long time, final TimeUnit unit) throws InterruptedException {
        Waits.checkInterrupt();
        final long thread = Waits.thread();
        final long timeoutNs = Waits.nanos(time, unit);
        return port.tryLock(shared, thread)
                || (timeoutNs > 0
                        && Waits.interruptibly(port, port.lock(shared, thread, timeoutNs)) == LockPort.GRANTED);
    }

    @Override
    public void unlock() {
        try {
            port.unlock(shared, Waits.thread());
        } catch (final RemoteCallException failure) {
            throw Thrown.in(failure);
        }
    }

    @Override
    public Condition newCondition() {
        if (shared) {
            throw new UnsupportedOperationException("a read lock has no conditions");
        }
        return new ConditionProxy(port, port.newCondition());
    }

    @Override
    public boolean isLocked() {
        return shared ? port.readers() > 0 : port.isLocked();
    }

    @Override
    public int getHoldCount() {
        return port.holds(shared, Waits.thread());
    }

    @Override
    public boolean isBroken() {
        return port.isBroken();
    }

    @Override
    public void mend() {
        Thrown.by(() -> port.mend(Waits.thread()));
    }

    @Override
    public boolean equals(final Object other) {
        return super.equals(other) && ((LockProxy) other).shared == shared;
    }

    @Override
    public int hashCode() {
        return super.hashCode() + (shared ? 1 : 0);
    }
}

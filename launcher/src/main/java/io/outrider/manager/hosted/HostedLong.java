package io.outrider.manager.hosted;

import io.outrider.api.function.RemoteLongUnaryOperator;
import io.outrider.manager.port.LongPort;

/** A long behind one lock, so that a function runs once. */
public final class HostedLong implements LongPort {
    private long value;

    /** @param value at first */
    public HostedLong(final long value) {
        this.value = value;
    }

    @Override
    public synchronized long get() {
        return value;
    }

    @Override
    public synchronized void set(final long newValue) {
        value = newValue;
    }

    @Override
    public synchronized long getAndSet(final long newValue) {
        final long old = value;
        value = newValue;
        return old;
    }

    @Override
    public synchronized boolean compareAndSet(final long expected, final long newValue) {
        if (value != expected) {
            return false;
        }
        value = newValue;
        return true;
    }

    @Override
    public synchronized long getAndAdd(final long delta) {
        final long old = value;
        value = old + delta;
        return old;
    }

    @Override
    public synchronized long updateAndGet(final RemoteLongUnaryOperator operator) {
        value = operator.applyAsLong(value);
        return value;
    }
}

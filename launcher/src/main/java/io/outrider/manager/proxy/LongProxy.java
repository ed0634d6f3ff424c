package io.outrider.manager.proxy;

import io.outrider.api.function.RemoteLongUnaryOperator;
import io.outrider.manager.SharedLong;
import io.outrider.manager.port.LongPort;

/** A number. */
final class LongProxy extends Proxy<LongPort> implements SharedLong {
    private static final long serialVersionUID = 1L;

    LongProxy(final LongPort port) {
        super(port);
    }

    @Override
    public long get() {
        return port.get();
    }

    @Override
    public void set(final long value) {
        port.set(value);
    }

    @Override
    public long getAndSet(final long value) {
        return port.getAndSet(value);
    }

    @Override
    public boolean compareAndSet(final long expected, final long value) {
        return port.compareAndSet(expected, value);
    }

    @Override
    public long getAndAdd(final long delta) {
        return port.getAndAdd(delta);
    }

    @Override
    public long updateAndGet(final RemoteLongUnaryOperator operator) {
        return Thrown.by(() -> port.updateAndGet(operator));
    }
}

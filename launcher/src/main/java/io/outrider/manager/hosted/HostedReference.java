package io.outrider.manager.hosted;

import io.outrider.api.function.RemoteUnaryOperator;
import io.outrider.manager.port.ReferencePort;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value behind one lock, so that a function runs once. */
public final class HostedReference implements ReferencePort {
    private @Nullable Object value;

    /** @param value at first */
    public HostedReference(final @Nullable Object value) {
        this.value = value;
    }

    @Override
    public synchronized @Nullable Object get() {
        return value;
    }

    @Override
    public synchronized void set(final @Nullable Object newValue) {
        value = newValue;
    }

    @Override
    public synchronized @Nullable Object getAndSet(final @Nullable Object newValue) {
        final Object old = value;
        value = newValue;
        return old;
    }

    @Override
    public synchronized boolean compareAndSet(final @Nullable Object expected, final @Nullable Object newValue) {
        if (!Objects.equals(value, expected)) {
            return false;
        }
        value = newValue;
        return true;
    }

    @Override
    public synchronized @Nullable Object updateAndGet(final RemoteUnaryOperator<@Nullable Object> operator) {
        value = operator.apply(value);
        return value;
    }
}

package io.outrider.manager.proxy;

import io.outrider.api.function.RemoteUnaryOperator;
import io.outrider.manager.SharedReference;
import io.outrider.manager.port.ReferencePort;
import org.jspecify.annotations.Nullable;

/**
 * A value.
 *
 * @param <V> the value
 */
@SuppressWarnings({"unchecked", "NullAway"}) // the port gives what was put by those who have the same type
final class ReferenceProxy<V extends @Nullable Object> extends Proxy<ReferencePort> implements SharedReference<V> {
    private static final long serialVersionUID = 1L;

    ReferenceProxy(final ReferencePort port) {
        super(port);
    }

    @Override
    public V get() {
        return (V) port.get();
    }

    @Override
    public void set(final V value) {
        port.set(value);
    }

    @Override
    public V getAndSet(final V value) {
        return (V) port.getAndSet(value);
    }

    @Override
    public boolean compareAndSet(final V expected, final V value) {
        return port.compareAndSet(expected, value);
    }

    @Override
    public V updateAndGet(final RemoteUnaryOperator<V> operator) {
        return (V) Thrown.by(() -> port.updateAndGet((RemoteUnaryOperator<@Nullable Object>) operator));
    }
}

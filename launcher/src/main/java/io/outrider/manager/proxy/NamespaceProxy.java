package io.outrider.manager.proxy;

import io.outrider.manager.SharedNamespace;
import io.outrider.manager.port.MapPort;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A namespace: a map by names. */
final class NamespaceProxy extends Proxy<MapPort> implements SharedNamespace {
    private static final long serialVersionUID = 1L;

    NamespaceProxy(final MapPort port) {
        super(port);
    }

    @Override
    public <V> V get(final String name, final Class<V> type) {
        final Object value = port.get(Objects.requireNonNull(name));
        if (value == null) {
            throw new NoSuchElementException("there is no " + name + " in " + port);
        }
        return type.cast(value);
    }

    @Override
    public void set(final String name, final Object value) {
        port.put(Objects.requireNonNull(name), Objects.requireNonNull(value));
    }

    @Override
    public @Nullable Object remove(final String name) {
        return port.remove(Objects.requireNonNull(name));
    }

    @Override
    public boolean has(final String name) {
        return port.containsKey(Objects.requireNonNull(name));
    }

    @Override
    public Map<String, Object> snapshot() {
        final Object[] entries = port.entries();
        final Map<String, Object> copy = new TreeMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            copy.put((String) entries[i], entries[i + 1]);
        }
        return copy;
    }
}

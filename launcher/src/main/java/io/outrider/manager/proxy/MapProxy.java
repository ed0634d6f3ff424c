package io.outrider.manager.proxy;

import io.outrider.manager.SharedMap;
import io.outrider.manager.port.MapPort;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map.
 *
 * @param <K> keys
 * @param <V> values
 */
@SuppressWarnings({"unchecked", "NullAway"
}) // the port gives what was put by those who have the same types, and null where the JDK's map does
final class MapProxy<K, V> extends AbstractMap<K, V> implements SharedMap<K, V>, Ported {
    private static final long serialVersionUID = 1L;

    private final MapPort port;

    MapProxy(final MapPort port) {
        this.port = port;
    }

    @Override
    public Object port() {
        return port;
    }

    @Override
    public @Nullable V get(final Object key) {
        return (V) port.get(Objects.requireNonNull(key));
    }

    @Override
    public @Nullable V put(final K key, final V value) {
        return (V) port.put(Objects.requireNonNull(key), Objects.requireNonNull(value));
    }

    @Override
    public @Nullable V putIfAbsent(final K key, final V value) {
        return (V) port.putIfAbsent(Objects.requireNonNull(key), Objects.requireNonNull(value));
    }

    @Override
    public void putAll(final Map<? extends K, ? extends V> added) {
        final Object[] entries = new Object[2 * added.size()];
        int length = 0;
        for (final Map.Entry<? extends K, ? extends V> entry : Map.copyOf(added).entrySet()) {
            entries[length++] = entry.getKey();
            entries[length++] = entry.getValue();
        }
        port.putAll(entries);
    }

    @Override
    public @Nullable V remove(final Object key) {
        return (V) port.remove(Objects.requireNonNull(key));
    }

    @Override
    public boolean remove(final Object key, final @Nullable Object value) {
        Objects.requireNonNull(key);
        return value != null && port.removeEntry(key, value);
    }

    @Override
    public @Nullable V replace(final K key, final V value) {
        return (V) port.replace(Objects.requireNonNull(key), Objects.requireNonNull(value));
    }

    @Override
    public boolean replace(final K key, final V oldValue, final V newValue) {
        return port.replaceValue(
                Objects.requireNonNull(key), Objects.requireNonNull(oldValue), Objects.requireNonNull(newValue));
    }

    @Override
    public boolean containsKey(final Object key) {
        return port.containsKey(Objects.requireNonNull(key));
    }

    @Override
    public boolean containsValue(final Object value) {
        return port.containsValue(Objects.requireNonNull(value));
    }

    @Override
    public int size() {
        return port.size();
    }

    @Override
    public void clear() {
        port.clear();
    }

    @Override
    public @Nullable V compute(final K key, final BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(key);
        Objects.requireNonNull(function);
        return Sendable.isSendable(function)
                ? (V) Thrown.by(() -> port.compute(key, Sendable.biFunction(function)))
                : SharedMap.super.compute(key, function);
    }

    @Override
    public @Nullable V computeIfAbsent(final K key, final Function<? super K, ? extends V> function) {
        Objects.requireNonNull(key);
        Objects.requireNonNull(function);
        return Sendable.isSendable(function)
                ? (V) Thrown.by(() -> port.computeIfAbsent(key, Sendable.function(function)))
                : SharedMap.super.computeIfAbsent(key, function);
    }

    @Override
    public @Nullable V computeIfPresent(final K key, final BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(key);
        Objects.requireNonNull(function);
        return Sendable.isSendable(function)
                ? (V) Thrown.by(() -> port.computeIfPresent(key, Sendable.biFunction(function)))
                : SharedMap.super.computeIfPresent(key, function);
    }

    @Override
    public @Nullable V merge(final K key, final V value, final BiFunction<? super V, ? super V, ? extends V> function) {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
        Objects.requireNonNull(function);
        return Sendable.isSendable(function)
                ? (V) Thrown.by(() -> port.merge(key, value, Sendable.biFunction(function)))
                : SharedMap.super.merge(key, value, function);
    }

    @Override
    public void replaceAll(final BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function);
        if (Sendable.isSendable(function)) {
            Thrown.by(() -> port.replaceAll(Sendable.biFunction(function)));
        } else {
            SharedMap.super.replaceAll(function);
        }
    }

    @Override
    public Map<K, V> snapshot() {
        final Object[] entries = port.entries();
        final Map<K, V> copy = new LinkedHashMap<>(entries.length);
        for (int i = 0; i < entries.length; i += 2) {
            copy.put((K) entries[i], (V) entries[i + 1]);
        }
        return copy;
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    @Override
    public boolean equals(final @Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof Map<?, ?> map
                && snapshot().equals(map instanceof SharedMap<?, ?> shared ? shared.snapshot() : map);
    }

    @Override
    public int hashCode() {
        return snapshot().hashCode();
    }

    @Override
    public String toString() {
        return snapshot().toString();
    }

    private final class Entries extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public int size() {
            return MapProxy.this.size();
        }

        @Override
        public boolean contains(final @Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && entry.getValue() != null
                    && entry.getValue().equals(port.get(entry.getKey()));
        }

        @Override
        public boolean remove(final @Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && MapProxy.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public void clear() {
            MapProxy.this.clear();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new EntryIterator(port.entries());
        }
    }

    /** Goes over a copy, and changes the map itself. */
    private final class EntryIterator implements Iterator<Map.Entry<K, V>> {
        private final Object[] entries;
        private int next;
        private boolean removable;

        EntryIterator(final Object[] entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return next < entries.length;
        }

        @Override
        public Map.Entry<K, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            removable = true;
            next += 2;
            return new WriteThrough((K) entries[next - 2], (V) entries[next - 1]);
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException("next() comes before remove(), each time");
            }
            removable = false;
            port.remove(entries[next - 2]);
        }
    }

    private final class WriteThrough extends SimpleEntry<K, V> {
        private static final long serialVersionUID = 1;

        WriteThrough(final K key, final V value) {
            super(key, value);
        }

        @Override
        public V setValue(final V value) {
            put(getKey(), Objects.requireNonNull(value));
            return super.setValue(value);
        }
    }
}

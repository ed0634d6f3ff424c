package io.outrider.manager.hosted;

import io.outrider.api.function.RemoteBiFunction;
import io.outrider.api.function.RemoteFunction;
import io.outrider.manager.port.MapPort;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A map, which is a {@link ConcurrentHashMap}. */
public final class HostedMap implements MapPort {
    private final ConcurrentHashMap<Object, Object> map = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object get(final Object key) {
        return map.get(key);
    }

    @Override
    public @Nullable Object put(final Object key, final Object value) {
        return map.put(key, value);
    }

    @Override
    public @Nullable Object putIfAbsent(final Object key, final Object value) {
        return map.putIfAbsent(key, value);
    }

    @Override
    public void putAll(final Object[] entries) {
        for (int i = 0; i < entries.length; i += 2) {
            map.put(entries[i], entries[i + 1]);
        }
    }

    @Override
    public @Nullable Object remove(final Object key) {
        return map.remove(key);
    }

    @Override
    public boolean removeEntry(final Object key, final Object value) {
        return map.remove(key, value);
    }

    @Override
    public @Nullable Object replace(final Object key, final Object value) {
        return map.replace(key, value);
    }

    @Override
    public boolean replaceValue(final Object key, final Object oldValue, final Object newValue) {
        return map.replace(key, oldValue, newValue);
    }

    @Override
    public boolean containsKey(final Object key) {
        return map.containsKey(key);
    }

    @Override
    public boolean containsValue(final Object value) {
        return map.containsValue(value);
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public @Nullable Object compute(
            final Object key, final RemoteBiFunction<Object, @Nullable Object, @Nullable Object> function) {
        return map.compute(key, function);
    }

    @Override
    public @Nullable Object computeIfAbsent(final Object key, final RemoteFunction<Object, @Nullable Object> function) {
        return map.computeIfAbsent(key, function);
    }

    @Override
    public @Nullable Object computeIfPresent(
            final Object key, final RemoteBiFunction<Object, Object, @Nullable Object> function) {
        return map.computeIfPresent(key, function);
    }

    @Override
    public @Nullable Object merge(
            final Object key, final Object value, final RemoteBiFunction<Object, Object, @Nullable Object> function) {
        return map.merge(key, value, function);
    }

    @Override
    public void replaceAll(final RemoteBiFunction<Object, Object, Object> function) {
        map.replaceAll(function);
    }

    @Override
    public Object[] entries() {
        final List<Object> entries = new ArrayList<>(2 * map.size());
        map.forEach((key, value) -> {
            entries.add(key);
            entries.add(value);
        });
        return entries.toArray();
    }
}

package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.function.RemoteBiFunction;
import io.outrider.api.function.RemoteFunction;
import org.jspecify.annotations.Nullable;

/** A concurrent map without nulls: each method as that of {@link java.util.concurrent.ConcurrentHashMap}. */
@Uninterruptible
public interface MapPort {
    /** Gets a value. */
    @Nullable
    Object get(Object key);

    /** Puts a value. */
    @Nullable
    Object put(Object key, Object value);

    /** Puts a value where there is none. */
    @Nullable
    Object putIfAbsent(Object key, Object value);

    /** Puts keys and values, which take turns. */
    void putAll(Object[] entries);

    /** Removes a key. */
    @Nullable
    Object remove(Object key);

    /** Removes a key with a value. */
    boolean removeEntry(Object key, Object value);

    /** Replaces a value where there is one. */
    @Nullable
    Object replace(Object key, Object value);

    /** Replaces a value by another. */
    boolean replaceValue(Object key, Object oldValue, Object newValue);

    /** Tells whether a key is there. */
    boolean containsKey(Object key);

    /** Tells whether a value is there. */
    boolean containsValue(Object value);

    /** Tells how many entries there are. */
    int size();

    /** Removes all entries. */
    void clear();

    /** Computes a value, under the map's own lock for the key. */
    @Nullable
    Object compute(Object key, RemoteBiFunction<Object, @Nullable Object, @Nullable Object> function);

    /** Computes a value where there is none. */
    @Nullable
    Object computeIfAbsent(Object key, RemoteFunction<Object, @Nullable Object> function);

    /** Computes a value where there is one. */
    @Nullable
    Object computeIfPresent(Object key, RemoteBiFunction<Object, Object, @Nullable Object> function);

    /** Merges a value into that which is there. */
    @Nullable
    Object merge(Object key, Object value, RemoteBiFunction<Object, Object, @Nullable Object> function);

    /** Replaces each value by what the function makes of it. */
    void replaceAll(RemoteBiFunction<Object, Object, Object> function);

    /** Copies keys and values, which take turns. */
    Object[] entries();
}

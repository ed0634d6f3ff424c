package io.outrider.manager;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values under names, which several processes share. Values are copied, except that what the manager made is live, and are not null. Safe from any thread; each
 * method is atomic and one round trip. If the worker dies each method fails with {@link
 * io.outrider.error.WorkerDiedException}.
 */
public interface SharedNamespace {
    /**
     * Gets a value.
     *
     * @param name of it
     * @param type of it
     * @param <V> of it
     * @return the value
     * @throws java.util.NoSuchElementException if there is none of that name
     * @throws ClassCastException if it is of another type
     */
    <V> V get(String name, Class<V> type);

    /**
     * Sets a value.
     *
     * @param name of it
     * @param value not null
     */
    void set(String name, Object value);

    /**
     * Removes a value.
     *
     * @param name of it
     * @return what it was, or null
     */
    @Nullable
    Object remove(String name);

    /**
     * Whether there is a value.
     *
     * @param name of it
     * @return true if so
     */
    boolean has(String name);

    /**
     * Copies all.
     *
     * @return values by name, the caller's own
     */
    Map<String, Object> snapshot();
}

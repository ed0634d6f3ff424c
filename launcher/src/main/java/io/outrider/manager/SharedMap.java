package io.outrider.manager;

import io.outrider.api.function.RemoteBiFunction;
import io.outrider.api.function.RemoteFunction;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map that several processes share. It is a {@link java.util.concurrent.ConcurrentHashMap} in a worker: no nulls, no
 * order, atomic as that is. Keys and values are copied; a key must be of a class whose {@code equals} goes by value.
 * Safe from any thread; each method blocks until its outcome is here, interrupted or not, and fails with {@link
 * io.outrider.error.WorkerDiedException} if the worker dies.
 *
 * <p><b>Round trips.</b> One: {@code get}, {@code put}, {@code putIfAbsent}, {@code putAll}, {@code remove}, {@code
 * replace}, {@code containsKey}, {@code containsValue}, {@code size}, {@code isEmpty}, {@code clear}, {@code
 * getOrDefault}, {@link #snapshot}, {@code forEach}, {@code hashCode}, {@code toString}; and {@code compute}, {@code
 * computeIfAbsent}, {@code computeIfPresent}, {@code merge}, {@code replaceAll} with a function that can be sent. One
 * to begin with and one for each removal or {@code setValue}: iterators of the views, which go over the entries as they
 * were when the iterator was made. Two: {@code equals}.
 *
 * <p>Of the views, one: {@code size}, {@code isEmpty}, {@code contains}, {@code clear}, {@code forEach}, and of the entries
 * {@code remove}. Two: {@code toArray}, {@code stream}. One and one more for each removal: {@code removeIf}, {@code
 * retainAll}, and of keys and values {@code remove}. One for each element of the argument: {@code containsAll}; one to three,
 * {@code removeAll}.
 *
 * <p><b>Functions</b> that are {@link java.io.Serializable}, as lambdas given to the methods declared here are, run in
 * the worker. Any other can't leave its JVM: it runs here, between a {@code get} and a conditional replacement, again
 * and again until nobody came in between. What a function throws is thrown here.
 *
 * @param <K> keys
 * @param <V> values
 */
public interface SharedMap<K, V> extends ConcurrentMap<K, V> {
    /**
     * Copies all entries.
     *
     * @return a map of the caller's own
     */
    Map<K, V> snapshot();

    /** Computes a value in the worker; see {@link ConcurrentMap#compute}. */
    @SuppressWarnings("FunctionalInterfaceClash") // meant: a lambda chooses this one, and can thereby be sent
    default @Nullable V compute(
            final K key, final RemoteBiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return compute(key, (BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V>) function);
    }

    /** Computes a value in the worker where there is none; see {@link ConcurrentMap#computeIfAbsent}. */
    @SuppressWarnings("FunctionalInterfaceClash")
    default @Nullable V computeIfAbsent(final K key, final RemoteFunction<? super K, ? extends @Nullable V> function) {
        return computeIfAbsent(key, (Function<? super K, ? extends @Nullable V>) function);
    }

    /** Computes a value in the worker where there is one; see {@link ConcurrentMap#computeIfPresent}. */
    @SuppressWarnings("FunctionalInterfaceClash")
    default @Nullable V computeIfPresent(
            final K key, final RemoteBiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        return computeIfPresent(key, (BiFunction<? super K, ? super V, ? extends @Nullable V>) function);
    }

    /** Merges a value into that which is there, in the worker; see {@link ConcurrentMap#merge}. */
    @SuppressWarnings("FunctionalInterfaceClash")
    default @Nullable V merge(
            final K key, final V value, final RemoteBiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        return merge(key, value, (BiFunction<? super V, ? super V, ? extends @Nullable V>) function);
    }

    /** Replaces each value by what the function makes of it, in the worker; see {@link ConcurrentMap#replaceAll}. */
    @SuppressWarnings("FunctionalInterfaceClash")
    default void replaceAll(final RemoteBiFunction<? super K, ? super V, ? extends V> function) {
        replaceAll((BiFunction<? super K, ? super V, ? extends V>) function);
    }
}

package io.outrider.manager;

import io.outrider.api.function.RemoteUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value that several processes share, as {@link java.util.concurrent.atomic.AtomicReference} is for one; but values
 * are copied, so they are compared by {@code equals}. Safe from any thread; each method is atomic and one round trip.
 * Functions run in the worker, once. If the worker dies each method fails with {@link
 * io.outrider.error.WorkerDiedException}.
 *
 * @param <V> the value
 */
public interface SharedReference<V extends @Nullable Object> {
    /** Gets the value. */
    V get();

    /** Sets the value. */
    void set(V value);

    /** Sets the value and gives the old one. */
    V getAndSet(V value);

    /** Sets the value if it equals what is expected; tells whether it did. */
    boolean compareAndSet(V expected, V value);

    /** Sets the value to what the operator makes of it, in the worker, and gives it. */
    V updateAndGet(RemoteUnaryOperator<V> operator);
}

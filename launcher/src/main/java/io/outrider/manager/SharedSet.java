package io.outrider.manager;

import io.outrider.api.function.RemotePredicate;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set that several processes share. It is a {@link java.util.LinkedHashSet} in a worker: in the order in which the
 * elements came, null allowed; each method is atomic. Elements are copied, and must be of a class whose {@code equals}
 * goes by value. Safe from any thread; each method blocks until its outcome is here, interrupted or not, and fails with
 * {@link io.outrider.error.WorkerDiedException} if the worker dies.
 *
 * <p>Each method is one round trip, the bulk methods too, except {@code equals} with one or two, and iterators: they go
 * over the elements as they were when the iterator was made, and each {@code remove} is one more. {@code removeIf} with
 * a predicate that is not {@link java.io.Serializable} works through an iterator, here; with any other, in the worker.
 *
 * @param <E> elements
 */
public interface SharedSet<E extends @Nullable Object> extends Set<E> {
    /**
     * Copies all elements.
     *
     * @return a set of the caller's own, in the same order
     */
    Set<E> snapshot();

    /** Removes elements, in the worker; see {@link Set#removeIf}. */
    @SuppressWarnings("FunctionalInterfaceClash") // meant: a lambda chooses this one, and can thereby be sent
    default boolean removeIf(final RemotePredicate<? super E> predicate) {
        return removeIf((Predicate<? super E>) predicate);
    }
}

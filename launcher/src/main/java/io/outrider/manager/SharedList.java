package io.outrider.manager;

import io.outrider.api.function.RemoteComparator;
import io.outrider.api.function.RemotePredicate;
import io.outrider.api.function.RemoteUnaryOperator;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list that several processes share. It is an {@link java.util.ArrayList} in a worker, nulls allowed, and each method
 * is atomic. Elements are copied. Safe from any thread; each method blocks until its outcome is here, interrupted or
 * not, and fails with {@link io.outrider.error.WorkerDiedException} if the worker dies.
 *
 * <p><b>Round trips.</b> One: each method of {@link List} that is not named here, {@code addAll}, {@code removeAll},
 * {@code retainAll}, {@code toArray}, {@code forEach}, {@code stream}, {@code hashCode}, {@link #snapshot} among them;
 * {@code removeIf}, {@code replaceAll}, {@code sort} with a function that can be sent. One for each element: iterators,
 * which show changes made meanwhile and never throw {@link java.util.ConcurrentModificationException}; and what works
 * through them, as most of {@code subList} does. One or two: {@code equals}.
 *
 * <p><b>Functions</b> that are {@link java.io.Serializable}, as lambdas given to the methods declared here are, run in
 * the worker. Any other can't leave its JVM: it runs here on a copy, which then replaces the content, again until
 * nobody came in between. What a function throws is thrown here.
 *
 * @param <E> elements
 */
public interface SharedList<E extends @Nullable Object> extends List<E> {
    /**
     * Copies all elements.
     *
     * @return a list of the caller's own
     */
    List<E> snapshot();

    /** Removes elements, in the worker; see {@link List#removeIf}. */
    @SuppressWarnings("FunctionalInterfaceClash") // meant: a lambda chooses this one, and can thereby be sent
    default boolean removeIf(final RemotePredicate<? super E> predicate) {
        return removeIf((Predicate<? super E>) predicate);
    }

    /** Replaces each element by what the operator makes of it, in the worker; see {@link List#replaceAll}. */
    default void replaceAll(final RemoteUnaryOperator<E> operator) {
        replaceAll((UnaryOperator<E>) operator);
    }

    /** Sorts in the worker; see {@link List#sort}. */
    default void sort(final @Nullable RemoteComparator<? super E> comparator) {
        sort((Comparator<? super E>) comparator);
    }
}

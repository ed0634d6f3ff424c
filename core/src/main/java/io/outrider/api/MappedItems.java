package io.outrider.api;

import java.util.Iterator;

/**
 * The results of a function that is applied to many items; see {@link RemoteExecutor#map(RemoteFunction, Iterable, MapOptions)}. For one
 * thread. {@code hasNext} and {@code next} block until a result or the end is here. What the function threw, under its own type where that is known
 * here, is thrown in place of the result of its item; checked exceptions in a {@link java.util.concurrent.CompletionException}. That ends it.
 *
 * @param <R> the results
 */
public interface MappedItems<R> extends Iterator<R>, AutoCloseable {
    /** Cancels what is under way. Idempotent. */
    @Override
    void close();
}

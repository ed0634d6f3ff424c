package io.outrider.api;

import java.io.Serializable;

/**
 * A function for workers: one that can be sent. Write it as a lambda; what it captures is copied to the worker.
 *
 * @param <A> the argument
 * @param <R> the result
 */
@FunctionalInterface
public interface RemoteFunction<A, R> extends Serializable {
    /**
     * Applies the function, in a worker.
     *
     * @param argument copied to the worker
     * @return the result, not null, copied back
     * @throws Exception to fail
     */
    R apply(A argument) throws Exception;
}

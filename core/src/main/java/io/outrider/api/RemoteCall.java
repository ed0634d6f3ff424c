package io.outrider.api;

import org.jspecify.annotations.Nullable;

/**
 * One call on a stub, for {@link RemoteObject#async}; runs at once in the calling thread.
 *
 * @param <T> the contract
 * @param <R> the result
 */
@FunctionalInterface
public interface RemoteCall<T, R> {
    /**
     * Calls one method.
     *
     * @param stub records the call
     * @return what the call returned, which has no meaning
     * @throws Exception as the method declares
     */
    @Nullable
    R on(T stub) throws Exception;
}

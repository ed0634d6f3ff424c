package io.outrider.stub;

import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call in the worker, as a dispatcher sees it. It notes how far the call has come, so that a failure can be told to be the
 * arguments', the method's or the result's.
 */
public interface IncomingCall {
    /**
     * Where the dispatcher reads the arguments, in the order of the parameters.
     *
     * @return valid until {@link #invoking}
     */
    ValueReader arguments();

    /**
     * Reads an argument that stands for values over time.
     *
     * @param parameter its place, from 0
     * @return of the type that the method declares
     */
    default Object takeStream(final int parameter) {
        throw new UnsupportedOperationException("streams can't be taken in this way");
    }

    /**
     * The method is a generator, and has returned.
     *
     * @param generator what it returned
     */
    default void yielded(final @Nullable Object generator) {
        throw new UnsupportedOperationException("streams can't be returned in this way");
    }

    /** The arguments are read and the method is about to run. */
    void invoking();

    /**
     * The method has returned what stays here.
     *
     * @param result what it returned
     * @return a stub of it, which goes to the caller in its place
     */
    @Nullable
    Object exported(@Nullable Object result);

    /**
     * The method has returned a stage, and the outcome is what that stage completes with: there is no result to write now.
     *
     * @param outcome what it returned
     */
    void deferred(@Nullable CompletionStage<?> outcome);

    /**
     * The method has returned.
     *
     * @return where the dispatcher writes the result
     */
    ValueWriter returned();
}

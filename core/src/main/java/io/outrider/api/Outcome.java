package io.outrider.api;

import io.outrider.error.OutriderException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call: a result, to be read once by the method of its type, or a failure. For the thread that was given it.
 * Reading the result of a call that failed throws the failure.
 */
public interface Outcome {
    /**
     * Why the call failed.
     *
     * @return null if it did not
     */
    @Nullable
    OutriderException failure();

    /**
     * The result of a method that returns {@code int}.
     *
     * @return the result
     */
    int getInt();

    /**
     * The result of a method that returns {@code long}.
     *
     * @return the result
     */
    long getLong();

    /**
     * The result of a method that returns {@code double}.
     *
     * @return the result
     */
    double getDouble();

    /**
     * The result of any method, boxed where it is primitive.
     *
     * @return the result; null for a method that returns nothing
     */
    @Nullable
    Object get();
}

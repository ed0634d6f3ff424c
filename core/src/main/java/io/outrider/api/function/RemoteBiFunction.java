package io.outrider.api.function;

import java.io.Serializable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BiFunction} that is copied to a worker and runs there, with what it captures.
 *
 * @param <T> what it takes first
 * @param <U> what it takes second
 * @param <R> what it gives
 */
@FunctionalInterface
public interface RemoteBiFunction<T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
        extends BiFunction<T, U, R>, Serializable {}

package io.outrider.api;

import org.jspecify.annotations.Nullable;

/**
 * What {@link RemoteExecutor#runMethodForState} gives.
 *
 * @param value what the method returned
 * @param instance the instance with the changes that the method made: a copy where it ran in another process, else the very same
 * @param <T> the instance
 * @param <R> the result
 */
public record MethodResult<T, R>(@Nullable R value, T instance) {}

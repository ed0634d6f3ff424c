package io.outrider.api.function;

import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link UnaryOperator} that is copied to a worker and runs there, with what it captures.
 *
 * @param <T> what it takes and gives
 */
@FunctionalInterface
public interface RemoteUnaryOperator<T extends @Nullable Object> extends UnaryOperator<T>, Serializable {}

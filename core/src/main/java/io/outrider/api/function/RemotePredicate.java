package io.outrider.api.function;

import java.io.Serializable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Predicate} that is copied to a worker and runs there, with what it captures.
 *
 * @param <T> what it judges
 */
@FunctionalInterface
public interface RemotePredicate<T extends @Nullable Object> extends Predicate<T>, Serializable {}

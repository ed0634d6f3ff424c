package io.outrider.api.function;

import java.io.Serializable;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Comparator} that is copied to a worker and runs there, with what it captures.
 *
 * @param <T> what it compares
 */
@FunctionalInterface
public interface RemoteComparator<T extends @Nullable Object> extends Comparator<T>, Serializable {}

package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.function.RemoteUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value: each method as that of {@link java.util.concurrent.atomic.AtomicReference}, but compared by {@code equals}.
 */
@Uninterruptible
public interface ReferencePort {
    /** Gets the value. */
    @Nullable
    Object get();

    /** Sets the value. */
    void set(@Nullable Object value);

    /** Sets the value and gives the old one. */
    @Nullable
    Object getAndSet(@Nullable Object value);

    /** Sets the value if it equals what is expected. */
    boolean compareAndSet(@Nullable Object expected, @Nullable Object value);

    /** Updates and gives the new value. */
    @Nullable
    Object updateAndGet(RemoteUnaryOperator<@Nullable Object> operator);
}

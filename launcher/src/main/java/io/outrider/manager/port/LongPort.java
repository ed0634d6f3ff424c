package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.function.RemoteLongUnaryOperator;

/** A long: each method as that of {@link java.util.concurrent.atomic.AtomicLong}. */
@Uninterruptible
public interface LongPort {
    /** Gets the value. */
    long get();

    /** Sets the value. */
    void set(long value);

    /** Sets the value and gives the old one. */
    long getAndSet(long value);

    /** Sets the value if it is as expected. */
    boolean compareAndSet(long expected, long value);

    /** Adds and gives the old value. */
    long getAndAdd(long delta);

    /** Updates and gives the new value. */
    long updateAndGet(RemoteLongUnaryOperator operator);
}

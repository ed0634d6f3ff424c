package io.outrider.manager;

import io.outrider.api.function.RemoteLongUnaryOperator;

/**
 * A number that several processes share, as {@link java.util.concurrent.atomic.AtomicLong} is for one. Safe from any
 * thread; each method is atomic and one round trip. Functions run in the worker, once. If the worker dies each method
 * fails with {@link io.outrider.error.WorkerDiedException}.
 */
public interface SharedLong {
    /** Gets the value. */
    long get();

    /** Sets the value. */
    void set(long value);

    /** Sets the value and gives the old one. */
    long getAndSet(long value);

    /** Sets the value if it is as expected; tells whether it was. */
    boolean compareAndSet(long expected, long value);

    /** Adds and gives the old value. */
    long getAndAdd(long delta);

    /** Adds and gives the new value. */
    default long addAndGet(final long delta) {
        return getAndAdd(delta) + delta;
    }

    /** Adds 1 and gives the old value. */
    default long getAndIncrement() {
        return getAndAdd(1);
    }

    /** Adds 1 and gives the new value. */
    default long incrementAndGet() {
        return addAndGet(1);
    }

    /** Subtracts 1 and gives the new value. */
    default long decrementAndGet() {
        return addAndGet(-1);
    }

    /** Sets the value to what the operator makes of it, in the worker, and gives it. */
    long updateAndGet(RemoteLongUnaryOperator operator);
}

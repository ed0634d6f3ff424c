package io.outrider.api;

import io.outrider.error.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an object lives, how many calls it takes at once and how long they may take. Immutable.
 *
 * @param workerId the worker to put it in, or {@link #ANY_WORKER}
 * @param concurrency how many calls may run in it at once: 1 is serial, the default
 * @param timeout how long each call to it may take, or null for what the settings say
 */
public record ObjectOptions(
        int workerId, int concurrency, @Nullable Duration timeout) {
    /** Let the executor choose: the live worker that holds the fewest objects. */
    public static final int ANY_WORKER = -1;

    /** Any worker, one call at a time. */
    public static final ObjectOptions DEFAULT = new ObjectOptions(ANY_WORKER, 1, null);

    /** Checks the ranges. */
    public ObjectOptions {
        if (workerId < ANY_WORKER) {
            throw new ConfigurationException("workerId is " + workerId + ": it must be 0 or more, or ANY_WORKER");
        }
        if (concurrency < 1) {
            throw new ConfigurationException("concurrency is " + concurrency + ": it must be 1 or more");
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new ConfigurationException("timeout is " + timeout + ": it must be more than zero");
        }
    }

    /**
     * Puts the object in a named worker.
     *
     * @param id of the worker, from 0
     * @return these options with that placement
     */
    public ObjectOptions on(final int id) {
        return new ObjectOptions(id, concurrency, timeout);
    }

    /**
     * Lets up to {@code n} calls run in the object at once; the object is then responsible for its own thread safety.
     *
     * @param n how many, 1 or more
     * @return these options with that concurrency
     */
    public ObjectOptions concurrent(final int n) {
        return new ObjectOptions(workerId, n, timeout);
    }

    /**
     * Gives each call to the object so long; see {@link RemoteObject#within}.
     *
     * @param limit more than zero
     * @return these options with that timeout
     */
    public ObjectOptions within(final Duration limit) {
        return new ObjectOptions(workerId, concurrency, limit);
    }
}

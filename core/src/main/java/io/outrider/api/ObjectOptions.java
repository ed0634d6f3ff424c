package io.outrider.api;

import io.outrider.error.ConfigurationException;

/**
 * Where an object lives and how many calls it takes at once. Immutable.
 *
 * @param workerId the worker to put it in, or {@link #ANY_WORKER}
 * @param concurrency how many calls may run in it at once: 1 is serial, the default
 */
public record ObjectOptions(int workerId, int concurrency) {
    /** Let the executor choose: the live worker that holds the fewest objects. */
    public static final int ANY_WORKER = -1;

    /** Any worker, one call at a time. */
    public static final ObjectOptions DEFAULT = new ObjectOptions(ANY_WORKER, 1);

    /** Checks the ranges. */
    public ObjectOptions {
        if (workerId < ANY_WORKER) {
            throw new ConfigurationException("workerId is " + workerId + ": it must be 0 or more, or ANY_WORKER");
        }
        if (concurrency < 1) {
            throw new ConfigurationException("concurrency is " + concurrency + ": it must be 1 or more");
        }
    }

    /**
     * Puts the object in a named worker.
     *
     * @param id of the worker, from 0
     * @return these options with that placement
     */
    public ObjectOptions on(final int id) {
        return new ObjectOptions(id, concurrency);
    }

    /**
     * Lets up to {@code n} calls run in the object at once; the object is then responsible for its own thread safety.
     *
     * @param n how many, 1 or more
     * @return these options with that concurrency
     */
    public ObjectOptions concurrent(final int n) {
        return new ObjectOptions(workerId, n);
    }
}

package io.outrider.api;

import io.outrider.error.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a task runs, how long it may take, and whether it may run twice. Immutable.
 *
 * @param workerId the worker to run it in, or {@link ObjectOptions#ANY_WORKER}
 * @param timeout how long it may take, the wait for a worker included, or null for what the settings say
 * @param idempotent whether it is run again elsewhere if its worker dies; see {@link Idempotent}
 */
public record TaskOptions(int workerId, @Nullable Duration timeout, boolean idempotent) {
    /** Any worker, the time-out of the settings, run once. */
    public static final TaskOptions DEFAULT = new TaskOptions(ObjectOptions.ANY_WORKER, null, false);

    /** Checks the ranges. */
    public TaskOptions {
        if (workerId < ObjectOptions.ANY_WORKER) {
            throw new ConfigurationException("workerId is " + workerId + ": it must be 0 or more, or ANY_WORKER");
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new ConfigurationException("timeout is " + timeout + ": it must be more than zero");
        }
    }

    /**
     * Runs the task in a named worker.
     *
     * @param id of the worker, from 0
     * @return these options with that worker
     */
    public TaskOptions on(final int id) {
        return new TaskOptions(id, timeout, idempotent);
    }

    /**
     * Gives the task so long, the wait for a worker included.
     *
     * @param limit more than zero
     * @return these options with that time-out
     */
    public TaskOptions within(final Duration limit) {
        return new TaskOptions(workerId, limit, idempotent);
    }

    /**
     * Lets the task be run again elsewhere if its worker dies.
     *
     * @return these options with that permission
     */
    public TaskOptions mayRunTwice() {
        return new TaskOptions(workerId, timeout, true);
    }
}

package io.outrider.config;

import io.outrider.error.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which an executor looks after its workers and its tasks. Immutable; start from {@link #DEFAULT}.
 *
 * @param restart what follows when a worker dies
 * @param maxRestarts how many deaths in one window are made good before the executor gives up
 * @param restartWindow how long a death counts
 * @param maxTasks after how many tasks a worker is replaced, or {@link #UNLIMITED}
 * @param maxAge after how long a worker is replaced, or null
 * @param maxMemory from how much resident memory on a worker is replaced, in bytes, or {@link Long#MAX_VALUE}
 * @param idleTimeout after how long without work a worker is let go until it is needed, or null
 * @param maxQueuedTasks how many tasks may wait for a worker
 * @param quarantineAfter how many workers a task may kill in a row before it is refused
 */
public record PoolConfig(
        RestartPolicy restart,
        int maxRestarts,
        Duration restartWindow,
        int maxTasks,
        @Nullable Duration maxAge,
        long maxMemory,
        @Nullable Duration idleTimeout,
        int maxQueuedTasks,
        int quarantineAfter) {
    /** No limit to how many tasks a worker runs. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Workers that die are replaced, up to 5 in a minute; 1,024 tasks wait; a task may kill 3 workers in a row. */
    public static final PoolConfig DEFAULT = new PoolConfig(
            RestartPolicy.RESTART, 5, Duration.ofMinutes(1), UNLIMITED, null, Long.MAX_VALUE, null, 1_024, 3);

    private static final int MAX_QUEUED = 1 << 20;

    /** Checks the ranges, naming the value and the limit. */
    public PoolConfig {
        atLeast("maxRestarts", maxRestarts, 0);
        LinkConfig.positive("restartWindow", restartWindow);
        atLeast("maxTasks", maxTasks, 1);
        atLeast("maxMemory", maxMemory, 1);
        atLeast("quarantineAfter", quarantineAfter, 1);
        if (maxAge != null) {
            LinkConfig.positive("maxAge", maxAge);
        }
        if (idleTimeout != null) {
            LinkConfig.positive("idleTimeout", idleTimeout);
        }
        if (maxQueuedTasks < 1 || maxQueuedTasks > MAX_QUEUED) {
            throw new ConfigurationException(
                    "maxQueuedTasks is " + maxQueuedTasks + ": it must be from 1 to " + MAX_QUEUED);
        }
    }

    private static void atLeast(final String name, final long value, final long least) {
        if (value < least) {
            throw new ConfigurationException(name + " is " + value + ": it must be " + least + " or more");
        }
    }

    /**
     * Chooses what follows when a worker dies.
     *
     * @param policy {@link RestartPolicy#RESTART} by default
     * @return these settings with that
     */
    public PoolConfig restart(final RestartPolicy policy) {
        return new PoolConfig(
                policy,
                maxRestarts,
                restartWindow,
                maxTasks,
                maxAge,
                maxMemory,
                idleTimeout,
                maxQueuedTasks,
                quarantineAfter);
    }

    /**
     * Sets how many deaths are made good. One more within the window is not, and everything pending fails with its cause.
     *
     * @param restarts 0 or more; 5 by default
     * @param window a minute by default
     * @return these settings with that
     */
    public PoolConfig restartBudget(final int restarts, final Duration window) {
        return new PoolConfig(
                restart, restarts, window, maxTasks, maxAge, maxMemory, idleTimeout, maxQueuedTasks, quarantineAfter);
    }

    /**
     * Sets after how many tasks a worker that holds no object is replaced.
     *
     * @param tasks 1 or more; {@link #UNLIMITED} by default
     * @return these settings with that
     */
    public PoolConfig maxTasks(final int tasks) {
        return new PoolConfig(
                restart,
                maxRestarts,
                restartWindow,
                tasks,
                maxAge,
                maxMemory,
                idleTimeout,
                maxQueuedTasks,
                quarantineAfter);
    }

    /**
     * Sets after how long a worker that holds no object is replaced.
     *
     * @param age more than zero; never by default
     * @return these settings with that
     */
    public PoolConfig maxAge(final Duration age) {
        return new PoolConfig(
                restart,
                maxRestarts,
                restartWindow,
                maxTasks,
                age,
                maxMemory,
                idleTimeout,
                maxQueuedTasks,
                quarantineAfter);
    }

    /**
     * Sets from how much resident memory on a worker that holds no object is replaced; on Linux only.
     *
     * @param bytes more than zero; never by default
     * @return these settings with that
     */
    public PoolConfig maxMemory(final long bytes) {
        return new PoolConfig(
                restart,
                maxRestarts,
                restartWindow,
                maxTasks,
                maxAge,
                bytes,
                idleTimeout,
                maxQueuedTasks,
                quarantineAfter);
    }

    /**
     * Lets a worker that has no object and no call go after a time; it is started again when it is needed.
     *
     * @param timeout more than zero; never by default
     * @return these settings with that
     */
    public PoolConfig idleTimeout(final Duration timeout) {
        return new PoolConfig(
                restart,
                maxRestarts,
                restartWindow,
                maxTasks,
                maxAge,
                maxMemory,
                timeout,
                maxQueuedTasks,
                quarantineAfter);
    }

    /**
     * Sets how many tasks may wait for a worker; who submits one more finds no room, see {@link BackPressure}.
     *
     * @param tasks from 1 to 1,048,576; 1,024 by default
     * @return these settings with that
     */
    public PoolConfig maxQueuedTasks(final int tasks) {
        return new PoolConfig(
                restart, maxRestarts, restartWindow, maxTasks, maxAge, maxMemory, idleTimeout, tasks, quarantineAfter);
    }

    /**
     * Sets how many workers a task may kill in a row before it is refused.
     *
     * @param workers 1 or more; 3 by default
     * @return these settings with that
     */
    public PoolConfig quarantineAfter(final int workers) {
        return new PoolConfig(
                restart, maxRestarts, restartWindow, maxTasks, maxAge, maxMemory, idleTimeout, maxQueuedTasks, workers);
    }
}

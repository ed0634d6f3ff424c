package io.outrider.config;

/** What a caller does that finds no room: all calls are in flight that may be, or the lane or the queue of tasks is full. */
public enum BackPressure {
    /** Waits as long as it takes, or until its deadline. */
    BLOCK,
    /** Waits for the time that is set, and then fails with {@link io.outrider.error.BackPressureException}. */
    TIME_OUT,
    /** Fails at once with {@link io.outrider.error.BackPressureException}. */
    REJECT
}

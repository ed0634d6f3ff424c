package io.outrider.perf.round;

/** When the next call is made. */
public enum Pace {
    /** As soon as the last one was answered. */
    CLOSED,
    /** When a fixed rate says so, whether or not the last one was answered, and timed from then. */
    OPEN,
    /** After a pause long enough for either side to fall asleep. */
    PAUSED
}

package io.outrider.config;

/** What becomes of a worker in which a method ignores that it was interrupted, after its deadline or because its call was cancelled. */
public enum OnStuck {
    /** The method may go on: it keeps its object busy, and nothing else. */
    LEAVE,
    /** The worker is ended, and its other calls fail with an exception that names the method. */
    KILL
}

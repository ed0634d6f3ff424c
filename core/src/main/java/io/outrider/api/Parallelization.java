package io.outrider.api;

/**
 * Where code may run: a permission, not an order. An executor uses the strongest that is permitted and that it has, and falls back to
 * the next simpler one:
 *
 * <pre>
 *   executor               SEQUENTIAL    THREAD        PROCESS      permitted
 *   sequential             SEQUENTIAL    SEQUENTIAL    SEQUENTIAL
 *   threads                SEQUENTIAL    THREAD        THREAD
 *   processes              SEQUENTIAL    SEQUENTIAL    PROCESS
 *   threads and processes  SEQUENTIAL    THREAD        PROCESS
 * </pre>
 */
public enum Parallelization {
    /** On the calling thread only. */
    SEQUENTIAL,
    /** On another thread of this process as well. */
    THREAD,
    /** In another process as well, on a copy of what it works with. */
    PROCESS
}

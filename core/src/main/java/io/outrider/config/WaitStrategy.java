package io.outrider.config;

/** How a thread waits for the other process, on either side of a link. */
public enum WaitStrategy {
    /**
     * Polls without a pause: the lowest latency, one processor for each waiting side. Once in some thousand polls it lets others
     * run, and where this process may use one processor only it does so each time: the peer may be waiting for it.
     */
    SPIN,
    /** Polls and yields the processor: nearly as low where processors are free, kinder where they are not. */
    YIELD,
    /** Polls, yields, then sleeps for longer and longer up to a millisecond: Agrona's backoff. */
    BACKOFF,
    /**
     * The default: polls for as long as is worth it on the processors that this process may use, yields a little, then
     * blocks until the peer wakes it. Next to no processor time when idle.
     */
    ADAPTIVE
}

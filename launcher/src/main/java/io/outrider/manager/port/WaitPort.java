package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;

/**
 * What callers may have to wait for. A wait is a call whose outcome comes later, so that it holds no thread of the
 * worker. It belongs to the calling client and the thread that is named, and carries its own time limit, at which the
 * worker ends it.
 */
@Uninterruptible
public interface WaitPort {
    /** As a time limit: none. */
    long FOR_EVER = Long.MAX_VALUE;

    /** The outcome of a wait that reached its time limit. */
    int TIMED_OUT = -1;

    /** The outcome of a wait that was cancelled. */
    int CANCELLED = -2;

    /**
     * Ends a wait, whose outcome then says so.
     *
     * @param thread of this client that waits
     * @return false if it does not wait, or no more: then the outcome is on its way
     */
    boolean cancel(long thread);
}

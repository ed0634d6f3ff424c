package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.Waits;
import java.util.concurrent.CompletableFuture;

/** A place where a number of threads wait for each other. */
@Uninterruptible
public interface BarrierPort extends WaitPort {
    /** The outcome of a wait at a barrier that is broken. */
    int BROKEN = -3;

    /**
     * Waits until all have come.
     *
     * @param thread of this client
     * @param timeoutNs from now, or {@link #FOR_EVER}
     * @return how many were still missing, 0 for the last; or {@link #BROKEN}, {@link #TIMED_OUT} or {@link #CANCELLED}
     */
    @Waits
    CompletableFuture<Integer> await(long thread, long timeoutNs);

    /**
     * How many must come.
     *
     * @return 1 or more
     */
    int parties();

    /**
     * How many wait.
     *
     * @return less than {@link #parties}
     */
    int waiting();

    /**
     * Whether it is broken.
     *
     * @return true if so
     */
    boolean isBroken();

    /** Breaks it for those who wait, and makes it usable for those who come. */
    void reset();
}

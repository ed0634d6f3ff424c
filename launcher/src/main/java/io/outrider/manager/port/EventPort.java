package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.Waits;
import java.util.concurrent.CompletableFuture;

/** A flag that can be waited for. */
@Uninterruptible
public interface EventPort extends WaitPort {
    /** The outcome of a wait for an event that is set. */
    int SET = 0;

    /** Sets it and lets all go who wait. */
    void set();

    /** Takes it back. */
    void clear();

    /**
     * Whether it is set.
     *
     * @return true if so
     */
    boolean isSet();

    /**
     * How many wait.
     *
     * @return 0 or more
     */
    int waiting();

    /**
     * Waits until it is set.
     *
     * @param thread of this client
     * @param timeoutNs from now, or {@link #FOR_EVER}
     * @return {@link #SET}, {@link #TIMED_OUT} or {@link #CANCELLED}
     */
    @Waits
    CompletableFuture<Integer> await(long thread, long timeoutNs);
}

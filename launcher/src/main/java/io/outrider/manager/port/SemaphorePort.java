package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.Waits;
import java.util.concurrent.CompletableFuture;

/** Permits, counted for each client that has them: those of a lost client come back. */
@Uninterruptible
public interface SemaphorePort extends WaitPort {
    /** The outcome of a wait that got what it waited for. */
    int GRANTED = 0;

    /**
     * Takes permits if that is possible at once, behind those who wait.
     *
     * @param permits 0 or more
     * @return whether they were taken
     */
    boolean tryAcquire(int permits);

    /**
     * Waits for permits.
     *
     * @param permits 0 or more
     * @param thread of this client
     * @param timeoutNs from now, or {@link #FOR_EVER}
     * @return {@link #GRANTED}, {@link #TIMED_OUT} or {@link #CANCELLED}
     */
    @Waits
    CompletableFuture<Integer> acquire(int permits, long thread, long timeoutNs);

    /**
     * Gives permits back: this client's own first, then those that others have longest, then new ones unless it is
     * bounded.
     *
     * @param permits 0 or more
     */
    void release(int permits);

    /**
     * Takes all permits that there are.
     *
     * @return how many
     */
    int drain();

    /**
     * How many permits there are.
     *
     * @return 0 or more
     */
    int available();

    /**
     * Whether a client was lost that had permits, and nobody has mended that.
     *
     * @return true if so
     */
    boolean isBroken();

    /** Says that what the permits stand for is in order again. */
    void mend();
}

package io.outrider.api.feed;

import java.time.Duration;

/**
 * A reading end of a {@link Feed}: hands over frames in place, in order, each with its number. For one thread at a time; nothing
 * is allocated for a frame. While a handler reads a frame nobody overwrites it, whatever the policy. Frames are lost only as
 * the {@link FeedPolicy} says, and are then counted. If the writer's process dies, what it committed is handed over first,
 * and then every poll fails with {@link io.outrider.error.ClosedException}.
 */
public interface FeedSubscription extends AutoCloseable {
    /** All was handed over, and nothing more will come. */
    int ENDED = -1;

    /**
     * Hands over frames that are there. Does not block.
     *
     * @param handler takes them, on this thread
     * @param limit how many at most
     * @return how many, 0 if none is there now, or {@link #ENDED} if the writer or the feed was closed
     * @throws io.outrider.error.ClosedException if the writer died, if this subscription was closed, or if it was dropped since it
     *     held the writer up for longer than {@link FeedOptions#blockTimeout()}
     * @throws io.outrider.error.ProtocolException if the shared memory holds what no writer wrote
     */
    int poll(FeedHandler handler, int limit);

    /**
     * Like {@link #poll}, but waits for the first frame.
     *
     * @param handler takes them, on this thread
     * @param limit how many at most
     * @param timeout how long to wait
     * @return how many, 0 if none came in time, or {@link #ENDED}
     * @throws io.outrider.error.CallInterruptedException if the thread is interrupted while it waits
     */
    int await(FeedHandler handler, int limit, Duration timeout);

    /**
     * Hands over all frames to the end of the feed, and waits for them.
     *
     * @param handler takes them, on this thread
     * @return how many
     * @throws io.outrider.error.ClosedException as {@link #poll}
     * @throws io.outrider.error.CallInterruptedException if the thread is interrupted while it waits
     */
    long forEach(FeedHandler handler);

    /**
     * The policy that this subscription was opened with.
     *
     * @return never changes
     */
    FeedPolicy policy();

    /**
     * The number of the frame to be handed over next, if it is not lost.
     *
     * @return one more than that of the last
     */
    long nextSequence();

    /**
     * How many frames were lost to this subscription.
     *
     * @return from 0; with {@link FeedPolicy#BLOCK} always 0
     */
    long lost();

    /** Lets go of the feed. Idempotent. From within a handler it takes effect when that returns. */
    @Override
    void close();
}

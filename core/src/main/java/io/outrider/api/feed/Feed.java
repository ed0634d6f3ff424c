package io.outrider.api.feed;

import java.io.Serializable;
import java.util.Objects;

/**
 * Names a feed: one writer, and subscribers in any processes of the session, that read each frame in place where it was written
 * once. A value: pass it to an object or a task in a worker, and open either end there. Safe from any thread; its methods
 * block on the file system only. A feed lives until it is closed, by whoever has its name, or the executor that made it is.
 *
 * <pre>{@code
 * Feed feed = workers.feed("camera", FeedOptions.DEFAULT);
 * CompletableFuture<Double> mean = workers.submit(() -> {
 *     double[] sum = new double[1];
 *     try (FeedSubscription frames = feed.subscribe(FeedPolicy.BLOCK)) {
 *         long count = frames.forEach((sequence, frame) -> sum[0] += frame.getDouble(0));
 *         return sum[0] / count;
 *     }
 * });
 * }</pre>
 *
 * @param name as given when it was made, for messages
 * @param location where its memory is, for the provider
 */
public record Feed(String name, String location) implements AutoCloseable, Serializable {
    /** Refuses nulls. */
    public Feed {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(location, "location");
    }

    /**
     * Opens the writing end. A feed has one writer in its life.
     *
     * @return the writer, to be closed: that is how subscribers learn that all was written
     * @throws io.outrider.error.CallRejectedException if the feed has, or had, its writer; the message names its process
     * @throws io.outrider.error.ClosedException if there is no such feed, or none any more
     */
    public FeedWriter writer() {
        return FeedProvider.installed().openWriter(this);
    }

    /**
     * Opens a reading end, which gets what is committed from now on.
     *
     * @param policy what becomes of frames when it is behind
     * @return the subscription, to be closed
     * @throws io.outrider.error.CallRejectedException if there are as many subscribers as there may be
     * @throws io.outrider.error.ClosedException if there is no such feed, or none any more
     */
    public FeedSubscription subscribe(final FeedPolicy policy) {
        return FeedProvider.installed().subscribe(this, Objects.requireNonNull(policy, "policy"));
    }

    /**
     * Ends the feed for all: the writer's next claim fails, subscribers get what was committed and then the end, and the
     * memory goes when the last of them has let go. Idempotent.
     */
    @Override
    public void close() {
        FeedProvider.installed().close(this);
    }
}

package io.outrider.api.feed;

/** What becomes of a feed's frames that a subscriber has not read when the writer needs their memory again. */
public enum FeedPolicy {
    /**
     * The writer waits: this subscriber gets every frame. If it dies, the writer goes on as soon as that is noticed, within a
     * second; if it holds the writer up for longer than {@link FeedOptions#blockTimeout()}, it is dropped and told so.
     */
    BLOCK,
    /** The oldest frames are lost to this subscriber, and counted; it goes on with the oldest that is left. */
    DROP_OLDEST,
    /** Each poll goes on with the newest frame; those that were passed over are counted as lost. */
    LATEST
}

package io.outrider.api.feed;

import org.agrona.DirectBuffer;

/** Takes the frames of a {@link FeedSubscription}, on the thread that polls. */
@FunctionalInterface
public interface FeedHandler {
    /**
     * Takes one frame. If it throws, the frame counts as read, and whoever polls gets what was thrown.
     *
     * @param sequence the number of the frame in its feed, from 0; a gap to the one before is what was lost
     * @param frame a view of the shared memory itself, of exactly the frame's length in bytes, valid until this method returns:
     *     nobody writes to it meanwhile
     */
    void onFrame(long sequence, DirectBuffer frame);
}

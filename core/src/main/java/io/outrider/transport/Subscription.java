package io.outrider.transport;

/**
 * The reading end of a lane. One thread of the one reading process may poll at a time; who that is may change if the change
 * itself orders the two threads. Never blocks. After the writer's death {@code poll} goes on to deliver what was committed,
 * and then finds nothing.
 */
public interface Subscription {
    /** This side of the link was closed. */
    int CLOSED = -2;

    /**
     * Delivers frames that were committed, in order.
     *
     * @param handler receives each frame; must not throw and must not call {@code poll}
     * @param limit the most frames to deliver, at least 1
     * @return how many were delivered, 0 if none was there, or {@link #CLOSED}
     */
    int poll(FrameHandler handler, int limit);
}

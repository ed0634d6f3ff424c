package io.outrider.transport;

import org.agrona.DirectBuffer;

/** Receives the frames that {@link Subscription#poll} finds. */
@FunctionalInterface
public interface FrameHandler {
    /**
     * Takes one frame. It must not throw: the lane counts the frame as read either way.
     *
     * @param buffer holds the frame; valid only during this call
     * @param offset of its first byte
     * @param length of the frame in bytes
     */
    void onFrame(DirectBuffer buffer, int offset, int length);
}

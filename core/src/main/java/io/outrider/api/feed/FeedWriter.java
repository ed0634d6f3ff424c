package io.outrider.api.feed;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The writing end of a {@link Feed}: claim room, fill it in place, commit. For one thread at a time. Only {@link #claim} and
 * {@link #write} block, and only for subscribers with {@link FeedPolicy#BLOCK}; what a subscriber does otherwise, its death
 * included, is not noticed here. Nothing is allocated for a frame. If this process dies, subscribers get what was committed,
 * and then learn it.
 */
public interface FeedWriter extends AutoCloseable {
    /** Room was claimed. */
    int OK = 0;
    /** A subscriber with {@link FeedPolicy#BLOCK} is as far behind as it can be. Try again later. */
    int BACK_PRESSURED = -1;
    /** The feed was closed. */
    int CLOSED = -2;

    /**
     * Claims room for the next frame. Never blocks. A claim that was not committed is given up.
     *
     * @param length of the frame in bytes, from 0 to {@link FeedOptions#frameBytes()}
     * @return {@link #OK}, {@link #BACK_PRESSURED} or {@link #CLOSED}
     * @throws io.outrider.error.PayloadTooLargeException if the frame is longer than the feed's longest
     * @throws io.outrider.error.ClosedException if this writer was closed
     */
    int tryClaim(int length);

    /**
     * The room that was claimed.
     *
     * @return a buffer of exactly its length, with bytes of earlier frames in it; valid until it is committed
     * @throws IllegalStateException if nothing is claimed
     */
    MutableDirectBuffer frame();

    /**
     * Claims room for the next frame, and waits for it while a subscriber with {@link FeedPolicy#BLOCK} holds the writer up: at
     * most {@link FeedOptions#blockTimeout()}, after which that subscriber is dropped.
     *
     * @param length of the frame in bytes
     * @return {@link #frame()}
     * @throws io.outrider.error.PayloadTooLargeException if the frame is longer than the feed's longest
     * @throws io.outrider.error.ClosedException if the feed or this writer was closed
     * @throws io.outrider.error.CallInterruptedException if the thread is interrupted while it waits
     */
    MutableDirectBuffer claim(int length);

    /**
     * Makes the claimed frame visible to all subscribers, whole and at once.
     *
     * @return its sequence number, from 0
     * @throws IllegalStateException if nothing is claimed
     */
    long commit();

    /**
     * Claims, copies and commits.
     *
     * @param source holds the frame
     * @param offset of its first byte
     * @param length in bytes
     * @return its sequence number
     */
    default long write(final DirectBuffer source, final int offset, final int length) {
        claim(length).putBytes(0, source, offset, length);
        return commit();
    }

    /**
     * The number that the next frame will have.
     *
     * @return how many were committed
     */
    long nextSequence();

    /**
     * How many subscribers there are now.
     *
     * @return those that are alive and not dropped
     */
    int subscribers();

    /**
     * How many subscribers were dropped because they held this writer up for too long.
     *
     * @return from 0
     */
    long dropped();

    /** Ends the feed in order: subscribers get all that was committed, and then the end. Idempotent. */
    @Override
    void close();
}

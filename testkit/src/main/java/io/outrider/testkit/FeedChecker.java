package io.outrider.testkit;

import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads a feed whose frames are full of their own numbers, and knows whether one was torn, out of order or not counted. For one thread. */
public final class FeedChecker {
    private static final int LIMIT_S = 50;

    private final FeedSubscription subscription;
    private final CompletableFuture<Long> received = new CompletableFuture<>();
    private long last = -1;

    private FeedChecker(final FeedSubscription subscription) {
        this.subscription = subscription;
    }

    /**
     * Reads a feed to its end on a thread of its own.
     *
     * @param subscription to read from the first frame on, and to close
     * @return what knows the result
     */
    public static FeedChecker start(final FeedSubscription subscription) {
        final FeedChecker checker = new FeedChecker(subscription);
        new Thread(checker::run, "reader-" + subscription.policy()).start();
        return checker;
    }

    /**
     * Fills a frame.
     *
     * @param frame of a multiple of 8 bytes
     * @param sequence its number
     */
    public static void fill(final MutableDirectBuffer frame, final long sequence) {
        for (int i = 0; i < frame.capacity(); i += Long.BYTES) {
            frame.putLong(i, sequence);
        }
    }

    /**
     * Checks that a frame is full of its number.
     *
     * @param sequence of the frame
     * @param frame as it was handed over
     */
    public static void check(final long sequence, final DirectBuffer frame) {
        for (int i = 0; i < frame.capacity(); i += Long.BYTES) {
            if (frame.getLong(i) != sequence) {
                throw new AssertionError("frame " + sequence + " holds " + frame.getLong(i) + " at " + i);
            }
        }
    }

    private void run() {
        try (FeedSubscription frames = subscription) {
            received.complete(frames.forEach((sequence, frame) -> {
                check(sequence, frame);
                if (sequence <= last) {
                    throw new AssertionError("frame " + sequence + " after " + last);
                }
                last = sequence;
            }));
        } catch (final Throwable failure) {
            received.completeExceptionally(failure);
        }
    }

    /**
     * Waits for the end and checks that each frame was received or counted as lost.
     *
     * @param frames how many were written
     * @throws InterruptedException if interrupted
     */
    public void await(final long frames) throws InterruptedException {
        try {
            final long count = received.get(LIMIT_S, TimeUnit.SECONDS);
            if (count + subscription.lost() != frames
                    || (subscription.policy() == FeedPolicy.BLOCK && subscription.lost() != 0)) {
                throw new AssertionError(subscription.policy() + ": " + count + " frames received and "
                        + subscription.lost() + " lost of " + frames);
            }
        } catch (final ExecutionException | TimeoutException e) {
            throw new AssertionError(subscription.policy() + ": the feed was not read to its end", e);
        }
    }
}

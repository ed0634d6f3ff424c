package io.outrider.launcher.feeds;

import io.outrider.api.Blocking;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedHandler;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.error.OutriderException;
import io.outrider.testkit.FeedChecker;
import java.time.Duration;
import org.agrona.DirectBuffer;

/** Reads a feed whose frames are full of their numbers, in the process in which it is made. */
interface FeedReader extends AutoCloseable {
    /** What was read: how many frames, how many were lost, the number of the last, and how it ended. */
    record Reading(long count, long lost, long last, String end) {}

    long pid();

    void subscribe(Feed feed, FeedPolicy policy);

    /** Reads on to the end, whatever that is. */
    @Blocking
    Reading readToEnd();

    /** How many frames were read up to now; another thread may be reading. */
    long count();

    /** Reads one frame and stays in its handler for so long, or until it is interrupted. */
    @Blocking
    void holdOne(long millis);

    /** Bytes that this process's thread allocates for so many frames, once nothing is new to it. */
    @Blocking
    long allocatedBytes(int rounds, int frames);

    @Override
    void close();

    final class Real implements FeedReader {
        private static final Duration LIMIT = Duration.ofSeconds(50);

        private FeedSubscription frames;
        private volatile long count;
        private long last = -1;

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void subscribe(Feed feed, FeedPolicy policy) {
            frames = feed.subscribe(policy);
        }

        @Override
        public Reading readToEnd() {
            String end = "ended";
            try {
                frames.forEach(this::take);
            } catch (OutriderException failure) {
                end = failure.toString();
            }
            return new Reading(count, frames.lost(), last, end);
        }

        @Override
        public long count() {
            return count;
        }

        private void take(long sequence, DirectBuffer frame) {
            FeedChecker.check(sequence, frame);
            if (sequence <= last) {
                throw new AssertionError("frame " + sequence + " after " + last);
            }
            last = sequence;
            count++;
        }

        @Override
        public void holdOne(long millis) {
            frames.await(
                    (sequence, frame) -> {
                        take(sequence, frame);
                        try {
                            Thread.sleep(millis); // until the test kills or stops this process
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        FeedChecker.check(sequence, frame);
                    },
                    1,
                    LIMIT);
        }

        @Override
        public long allocatedBytes(int rounds, int number) {
            FeedHandler handler = this::take;
            long least = Long.MAX_VALUE;
            for (int round = 0; round < rounds; round++) {
                long before = AllocatedBytes.ofCurrentThread();
                for (int left = number; left > 0; ) {
                    int result = frames.await(handler, left, LIMIT);
                    if (result <= 0) {
                        throw new AssertionError("frames end with " + result);
                    }
                    left -= result;
                }
                least = Math.min(least, AllocatedBytes.ofCurrentThread() - before);
            }
            return least;
        }

        @Override
        public void close() {
            if (frames != null) {
                frames.close();
            }
        }
    }
}

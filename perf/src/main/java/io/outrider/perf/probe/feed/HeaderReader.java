package io.outrider.perf.probe.feed;

import com.sun.management.ThreadMXBean;
import io.outrider.api.Blocking;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;

/** Looks at the header of each frame, in a worker. */
public interface HeaderReader extends AutoCloseable {
    /** Where a frame says whether it counts. */
    int COUNTS_OFFSET = 0;
    /** Where a frame says which it is. */
    int NUMBER_OFFSET = 8;

    /**
     * Reads to the end of the feed.
     *
     * @return what this thread allocated for each frame that counts, in bytes
     */
    @Blocking
    double read();

    @Override
    void close();

    /** The object. */
    final class Real implements HeaderReader {
        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final FeedSubscription frames;
        private long counted;
        private long bytesBefore;

        /**
         * Subscribes, so that the writer waits.
         *
         * @param feed to which
         */
        public Real(final Feed feed) {
            frames = feed.subscribe(FeedPolicy.BLOCK);
        }

        @Override
        public double read() {
            frames.forEach(this::look);
            return (double) (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / Math.max(1, counted);
        }

        private void look(final long sequence, final DirectBuffer frame) {
            if (frame.getLong(NUMBER_OFFSET) != sequence) {
                throw new IllegalStateException("frame " + sequence + " says " + frame.getLong(NUMBER_OFFSET));
            }
            if (frame.getLong(COUNTS_OFFSET) != 0 && counted++ == 0) {
                bytesBefore = threads.getCurrentThreadAllocatedBytes();
            }
        }

        @Override
        public void close() {
            frames.close();
        }
    }
}

package io.outrider.launcher.cli.demo;

import io.outrider.api.Blocking;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;

/** Reads one column of a feed of readings. */
interface ColumnMean extends AutoCloseable {
    /**
     * What was read.
     *
     * @param pid of the process that computed it
     * @param frames how many were received
     * @param lost how many were not
     * @param mean of the column
     */
    record Report(long pid, long frames, long lost, double mean) {}

    /** Reads to the end of the feed. */
    @Blocking
    Report read();

    @Override
    void close();

    /** Gets every frame: it subscribes when it is made, before the first is written. */
    final class Subscriber implements ColumnMean {
        private final FeedSubscription frames;
        private final Column column;
        private double sum;

        Subscriber(final Feed feed, final Column column) {
            this.frames = feed.subscribe(FeedPolicy.BLOCK);
            this.column = column;
        }

        @Override
        public Report read() {
            final long count = frames.forEach((sequence, frame) -> sum += frame.getDouble(column.offset()));
            return new Report(ProcessHandle.current().pid(), count, frames.lost(), sum / count);
        }

        @Override
        public void close() {
            frames.close();
        }
    }
}

package io.outrider.launcher.feeds;

import io.outrider.api.Blocking;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedWriter;
import io.outrider.testkit.FeedChecker;

/** Writes a feed whose frames are full of their numbers, in the process in which it is made. */
interface FeedSource extends AutoCloseable {
    long pid();

    void open(Feed feed);

    /** Writes so many frames more. */
    @Blocking
    void write(long count, int bytes);

    @Override
    void close();

    final class Real implements FeedSource {
        private FeedWriter writer;

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void open(Feed feed) {
            writer = feed.writer();
        }

        @Override
        public void write(long count, int bytes) {
            for (long i = 0; i < count; i++) {
                FeedChecker.fill(writer.claim(bytes), writer.nextSequence());
                writer.commit();
            }
        }

        @Override
        public void close() {
            if (writer != null) {
                writer.close();
            }
        }
    }
}

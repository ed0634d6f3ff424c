package io.outrider.launcher.streams;

import io.outrider.api.RemoteStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.PrimitiveIterator;

/** A generator without end whose clean-up leaves a mark, as nobody may be there to ask. */
public interface Marked {
    RemoteStream.OfLong numbers(String mark);

    /** In the worker. */
    final class Marking implements Marked {
        private static final class Numbers implements PrimitiveIterator.OfLong, AutoCloseable {
            private final Path mark;
            private long next;

            Numbers(Path mark) {
                this.mark = mark;
            }

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public long nextLong() {
                return next++;
            }

            @Override
            public void close() throws IOException {
                Files.writeString(mark, "cleaned up after " + next);
            }
        }

        @Override
        public RemoteStream.OfLong numbers(String mark) {
            return RemoteStream.OfLong.of(new Numbers(Path.of(mark)));
        }
    }
}

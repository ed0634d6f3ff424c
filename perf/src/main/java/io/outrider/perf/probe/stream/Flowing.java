package io.outrider.perf.probe.stream;

import io.outrider.api.RemoteStream;
import io.outrider.perf.bench.Allocation;
import io.outrider.perf.ours.Reading;
import java.util.Iterator;
import java.util.PrimitiveIterator;

/** The contract whose values flow. */
public interface Flowing {
    /**
     * Numbers from 0 on, without end.
     *
     * @return unboxed
     */
    RemoteStream.OfLong longs();

    /**
     * Records of four fields, without end.
     *
     * @return numbered from 0
     */
    RemoteStream<Reading> readings();

    /**
     * A call to compare with.
     *
     * @param value any
     * @return the same
     */
    long same(long value);

    /**
     * What the worker has allocated up to now.
     *
     * @return bytes, over all its threads
     */
    long allocatedBytes();

    /** The object in the worker. */
    final class Source implements Flowing {
        /** Makes it. */
        public Source() {}

        @Override
        public RemoteStream.OfLong longs() {
            return RemoteStream.OfLong.of(new PrimitiveIterator.OfLong() {
                private long next;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public long nextLong() {
                    return next++;
                }
            });
        }

        @Override
        public RemoteStream<Reading> readings() {
            return RemoteStream.of(new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Reading next() {
                    final int index = next++;
                    return new Reading(index, index, index, true);
                }
            });
        }

        @Override
        public long same(final long value) {
            return value;
        }

        @Override
        public long allocatedBytes() {
            return Allocation.ofAllThreads();
        }
    }
}

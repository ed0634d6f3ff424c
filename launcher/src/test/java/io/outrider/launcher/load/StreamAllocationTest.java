package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.launcher.support.OnBothTransports;
import java.util.PrimitiveIterator;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A primitive value of a stream allocates nothing, on either side. The best round counts: in some the JVM itself allocates. */
@Timeout(180)
class StreamAllocationTest extends OnBothTransports {
    private static final int VALUES = 100_000;
    private static final int ROUNDS = 8;
    private static final long NOISE_BYTES = 8_192;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.jvmArguments("-XX:TieredStopAtLevel=4")
                .waitStrategy(
                        WaitStrategy.YIELD); // a side that parks asks the selector, which makes garbage of its own
    }

    /** Yields numbers without end, and says what its threads have allocated. */
    public interface Counter {
        RemoteStream.OfLong longs();

        RemoteStream.OfInt ints();

        RemoteStream.OfDouble doubles();

        long allocatedBytes();

        /** In the worker. */
        final class Endless implements Counter {
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
            public RemoteStream.OfInt ints() {
                return RemoteStream.OfInt.of(new PrimitiveIterator.OfInt() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public int nextInt() {
                        return next++;
                    }
                });
            }

            @Override
            public RemoteStream.OfDouble doubles() {
                return RemoteStream.OfDouble.of(new PrimitiveIterator.OfDouble() {
                    private double next;

                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public double nextDouble() {
                        return next++;
                    }
                });
            }

            @Override
            public long allocatedBytes() {
                return AllocatedBytes.ofCurrentThread();
            }
        }
    }

    @Test
    void aPrimitiveValueAllocatesNothing() {
        try (RemoteObject<Counter> object = workers().create(Counter.class, Counter.Endless::new)) {
            try (RemoteStream.OfLong longs = object.stub().longs()) {
                measure("long", object.stub(), first -> readLongs(longs, first));
            }
            try (RemoteStream.OfInt ints = object.stub().ints()) {
                measure("int", object.stub(), first -> readInts(ints, first));
            }
            try (RemoteStream.OfDouble doubles = object.stub().doubles()) {
                measure("double", object.stub(), first -> readDoubles(doubles, first));
            }
        }
    }

    private static void measure(String what, Counter counter, IntConsumer reading) {
        long here = Long.MAX_VALUE;
        long there = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long thereBefore = counter.allocatedBytes(); // by the leader, which runs the generator too
            long hereBefore = AllocatedBytes.ofCurrentThread();
            reading.accept(round * VALUES);
            long hereAfter = AllocatedBytes.ofCurrentThread();
            long thereAfter = counter.allocatedBytes();
            here = Math.min(here, hereAfter - hereBefore);
            if (thereAfter >= thereBefore) { // another thread may have taken the lead
                there = Math.min(there, thereAfter - thereBefore);
            }
        }
        assertTrue(here < NOISE_BYTES, "in the reader, " + what + ": " + here);
        assertTrue(there < NOISE_BYTES, "in the worker, " + what + ": " + there);
    }

    private static void readLongs(RemoteStream.OfLong values, int first) {
        for (int i = first; i < first + VALUES; i++) {
            if (values.nextLong() != i) {
                throw new AssertionError("not " + i);
            }
        }
    }

    private static void readInts(RemoteStream.OfInt values, int first) {
        for (int i = first; i < first + VALUES; i++) {
            if (values.nextInt() != i) {
                throw new AssertionError("not " + i);
            }
        }
    }

    private static void readDoubles(RemoteStream.OfDouble values, int first) {
        for (int i = first; i < first + VALUES; i++) {
            if (values.nextDouble() != i) {
                throw new AssertionError("not " + i);
            }
        }
    }
}

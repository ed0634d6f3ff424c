package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.launcher.support.OnBothTransports;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A primitive value of a stream allocates nothing, on either side. */
@Timeout(180)
class StreamAllocationTest extends OnBothTransports {
    private static final int VALUES = 100_000;
    private static final int ROUNDS = 8;
    private static final long NOISE_BYTES = 8_192;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.jvmArguments("-XX:TieredStopAtLevel=4")
                .waitStrategy(WaitStrategy.YIELD) // a side that parks asks the selector, which makes garbage of its own
                .laneBytes(64 << 20); // all rounds fit into one cycle of a queue: rolling makes garbage, once per cycle
    }

    /** Yields numbers without end, and says what its threads have allocated. */
    public interface Counter {
        RemoteStream.OfLong numbers();

        long allocatedBytes();

        /** In the worker. */
        final class Endless implements Counter {
            @Override
            public RemoteStream.OfLong numbers() {
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
            public long allocatedBytes() {
                return AllocatedBytes.ofCurrentThread();
            }
        }
    }

    @Test
    void aPrimitiveValueAllocatesNothing() {
        try (RemoteObject<Counter> object = workers().create(Counter.class, Counter.Endless::new);
                RemoteStream.OfLong numbers = object.stub().numbers()) {
            long here = Long.MAX_VALUE;
            long there = Long.MAX_VALUE;
            long expected = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long thereBefore = object.stub().allocatedBytes(); // by the leader, which runs the generator too
                long hereBefore = AllocatedBytes.ofCurrentThread();
                for (int i = 0; i < VALUES; i++) {
                    if (numbers.nextLong() != expected++) {
                        throw new AssertionError("not " + (expected - 1));
                    }
                }
                long hereAfter = AllocatedBytes.ofCurrentThread();
                long thereAfter = object.stub().allocatedBytes();
                here = Math.min(here, hereAfter - hereBefore);
                if (thereAfter >= thereBefore) { // another thread may have taken the lead
                    there = Math.min(there, thereAfter - thereBefore);
                }
            }
            assertTrue(here < NOISE_BYTES, "in the reader: " + here);
            assertTrue(there < NOISE_BYTES, "in the worker: " + there);
        }
    }
}

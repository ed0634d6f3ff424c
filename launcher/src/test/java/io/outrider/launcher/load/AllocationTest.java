package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.CallPipeline;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.launcher.support.OnBothTransports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls with primitive arguments and result allocate nothing, on either side, whether they are waited for or pipelined. */
@Timeout(180)
class AllocationTest extends OnBothTransports {
    private static final int CALLS = 20_000;
    private static final int IN_FLIGHT = 64;
    private static final int WARM_UP_ROUNDS = 2;
    private static final long NOISE_BYTES = 2_048;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.jvmArguments("-XX:TieredStopAtLevel=4")
                .waitStrategy(WaitStrategy.YIELD) // a side that parks asks the selector, which makes garbage of its own
                .laneBytes(16 << 20); // all rounds fit into one cycle of a queue: rolling makes garbage, once per cycle
    }

    @Test
    void aPrimitiveCallAllocatesNothing() {
        try (RemoteObject<Ledger> object = workers().create(Ledger.class, () -> new Ledger.Checking(1))) {
            Ledger ledger = object.stub();
            assertAllocatesNothing(ledger, () -> {
                for (int i = 0; i < CALLS; i++) {
                    ledger.primitive(i);
                }
            });
        }
    }

    @Test
    void aPipelinedCallAllocatesNothingUntilItsHandlerHasRun() {
        double[] sum = new double[1];
        long[] tags = new long[1];
        try (RemoteObject<Ledger> object = workers().create(Ledger.class, () -> new Ledger.Checking(1));
                CallPipeline<Ledger> pipeline = object.pipeline(IN_FLIGHT, (tag, outcome) -> {
                    sum[0] += outcome.getDouble();
                    tags[0] += tag;
                })) {
            assertAllocatesNothing(object.stub(), () -> {
                sum[0] = 0;
                tags[0] = 0;
                for (int i = 0; i < CALLS; i++) {
                    pipeline.call(i).primitive(i);
                }
                pipeline.await();
            });
            assertEquals(CALLS * (CALLS - 1L) / 2, tags[0]);
            assertEquals(tags[0] * 0.5, sum[0]);
        }
    }

    private static void assertAllocatesNothing(Ledger ledger, Runnable calls) {
        long here = Long.MAX_VALUE;
        long there = Long.MAX_VALUE;
        for (int round = 0; round < WARM_UP_ROUNDS + 4; round++) {
            long thereBefore = ledger.allocatedBytes();
            long hereBefore = AllocatedBytes.ofCurrentThread();
            calls.run();
            long hereAfter = AllocatedBytes.ofCurrentThread();
            long thereAfter = ledger.allocatedBytes();
            if (round >= WARM_UP_ROUNDS && thereAfter >= thereBefore) { // another thread may have taken the lead
                here = Math.min(here, hereAfter - hereBefore);
                there = Math.min(there, thereAfter - thereBefore);
            }
        }
        assertTrue(here < NOISE_BYTES, "in the caller: " + here);
        assertTrue(there < NOISE_BYTES, "in the worker: " + there);
    }
}

package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.launcher.support.OnBothTransports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A synchronous call with primitive arguments and result allocates nothing, on either side. */
@Timeout(180)
class AllocationTest extends OnBothTransports {
    private static final int CALLS = 20_000;
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
            long here = Long.MAX_VALUE;
            long there = Long.MAX_VALUE;
            for (int round = 0; round < WARM_UP_ROUNDS + 4; round++) {
                long thereBefore = ledger.allocatedBytes();
                long hereBefore = AllocatedBytes.ofCurrentThread();
                for (int i = 0; i < CALLS; i++) {
                    ledger.primitive(i);
                }
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
}

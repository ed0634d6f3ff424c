package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.outrider.api.Loan;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.launcher.support.OnBothTransports;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hand-over allocates nothing, on either side. */
@Timeout(180)
class LoanAllocationTest extends OnBothTransports {
    private static final int CALLS = 20_000;
    private static final int WARM_UP_ROUNDS = 2;
    private static final long NOISE_BYTES = 2_048;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.jvmArguments("-XX:TieredStopAtLevel=4")
                .waitStrategy(WaitStrategy.YIELD) // a side that parks asks the selector, which makes garbage of its own
                .laneBytes(16 << 20); // all rounds fit into one cycle of a queue: rolling makes garbage, once per cycle
    }

    @Test
    void aLoanThatGoesThereAndBackAllocatesNothing() {
        try (RemoteObject<Bench> object = workers().create(Bench.class, Bench.Working::new);
                Loan loan = object.arena().loan(1 << 20)) {
            Bench bench = object.stub();
            long here = Long.MAX_VALUE;
            long there = Long.MAX_VALUE;
            for (int round = 0; round < WARM_UP_ROUNDS + 4; round++) {
                long thereBefore = bench.allocatedBytes();
                long hereBefore = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < CALLS; i++) {
                    assertSame(loan, bench.echo(loan));
                }
                long hereAfter = THREADS.getCurrentThreadAllocatedBytes();
                long thereAfter = bench.allocatedBytes();
                if (round >= WARM_UP_ROUNDS && thereAfter >= thereBefore) { // another thread may have taken the lead
                    here = Math.min(here, hereAfter - hereBefore);
                    there = Math.min(there, thereAfter - thereBefore);
                }
            }
            assertTrue(here < NOISE_BYTES, "in the caller: " + here);
            assertTrue(there < NOISE_BYTES, "in the worker: " + there);
        }
    }

    @Test
    void loaningIntoASpentLoanAllocatesNothingHere() {
        try (RemoteObject<Bench> object = workers().create(Bench.class, Bench.Working::new)) {
            Loan loan = object.arena().loan(5000);
            loan.close();
            long here = Long.MAX_VALUE;
            for (int round = 0; round < WARM_UP_ROUNDS + 4; round++) {
                long hereBefore = THREADS.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < CALLS; i++) {
                    loan = object.arena().loan(5000, loan);
                    loan.buffer().putInt(0, i);
                    loan.close();
                }
                long hereAfter = THREADS.getCurrentThreadAllocatedBytes();
                here = round >= WARM_UP_ROUNDS ? Math.min(here, hereAfter - hereBefore) : here;
            }
            assertTrue(here < NOISE_BYTES, "in the caller: " + here);
        }
    }
}

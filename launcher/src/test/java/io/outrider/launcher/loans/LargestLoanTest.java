package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.outrider.api.Loan;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.LeavesNothingBehind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loan of 1 GiB: the memory is taken once, and handed over like any other. The arena is the same on every transport. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class LargestLoanTest {
    private static final int GIB = 1 << 30;

    @Test
    void aGibibyteChangesHands() {
        try (RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on("ring").arenaBytes(GIB));
                RemoteObject<Bench> object = workers.create(Bench.class, Bench.Working::new);
                Loan loan = object.arena().loan(GIB)) {
            assertEquals(GIB, object.arena().maxLoanBytes());
            loan.buffer().putInt(GIB - Integer.BYTES, 4711);
            object.stub().keep(loan);
            assertEquals(4711, object.stub().peek(GIB - Integer.BYTES));
            object.stub().poke(0, 815);
            try (Loan back = object.stub().give()) {
                assertEquals(815, back.buffer().getInt(0));
                assertSame(back, object.stub().echo(back));
            }
        }
    }
}

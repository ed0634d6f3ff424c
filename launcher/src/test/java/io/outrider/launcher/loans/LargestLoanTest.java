package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.BackPressure;
import io.outrider.error.BackPressureException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.ClassLeavesNothingBehind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the largest arena has: the memory is taken once, and handed over like any other. It is the same on every transport. */
@Timeout(120)
@ExtendWith(ClassLeavesNothingBehind.class)
class LargestLoanTest {
    private static final int GIB = 1 << 30;
    private static final int MOST_BLOCKS = 1024;

    private static RemoteExecutor workers;

    @BeforeAll
    static void open() {
        workers = SmallWorkers.open(SmallWorkers.on("ring").arenaBytes(GIB).backPressure(BackPressure.REJECT));
    }

    @AfterAll
    static void close() {
        workers.close();
    }

    @Test
    void aGibibyteChangesHands() {
        try (RemoteObject<Bench> object = workers.create(Bench.class, Bench.Working::new);
                Loan loan = object.arena().loan(GIB)) {
            assertEquals(GIB, object.arena().maxLoanBytes());
            UnsafeBuffer behindItsBack = new UnsafeBuffer(loan.buffer().addressOffset(), GIB);
            loan.buffer().putInt(GIB - Integer.BYTES, 4711);
            object.stub().keep(loan);
            assertEquals(4711, object.stub().peek(GIB - Integer.BYTES));
            object.stub().poke(0, 815);
            assertEquals(815, behindItsBack.getInt(0));
            behindItsBack.putInt(GIB / 2, 4712); // after the hand-over, by a sender that co-operates
            assertEquals(4712, object.stub().peek(GIB / 2));
            try (Loan back = object.stub().give()) {
                assertEquals(behindItsBack.addressOffset(), back.buffer().addressOffset());
                assertSame(back, object.stub().echo(back));
            }
        }
    }

    @Test
    void thereAreSoManyBlocksAndNoMore() {
        LoanArena arena = workers.arena(0);
        List<Loan> loans = new ArrayList<>();
        for (int i = 0; i < MOST_BLOCKS; i++) {
            loans.add(arena.loan(1));
        }
        BackPressureException refused = assertThrows(BackPressureException.class, () -> arena.loan(1));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("holds 1024 in 1024 blocks"), message);
        assertTrue(message.contains("one side can have 1024 blocks on loan at once"), message);
        assertFalse(message.contains("arenaBytes"), message);
        loans.forEach(Loan::close);
        arena.loan(GIB).close();
    }
}

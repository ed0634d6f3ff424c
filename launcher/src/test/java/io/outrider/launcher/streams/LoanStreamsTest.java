package io.outrider.launcher.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.streams.Lender.Numbered;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loans are handed over by streams in both directions; whatever becomes of the stream, each is somebody's or given back. */
@Timeout(60)
class LoanStreamsTest extends OnBothTransports {
    private static final int WINDOW = 8;
    private static final int ARENA = 1 << 18;
    private static final int BLOCK = 4096;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** Within which the generator of a stream that was closed is cleaned up, and that of one that was dropped. */
    private static final Duration CLOSED = Duration.ofSeconds(1);

    private static final Duration DROPPED = Duration.ofSeconds(5);

    private RemoteObject<Lender> object;
    private Lender lender;
    private LoanArena arena;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2)
                .laneBytes(1 << 16)
                .arenaBytes(ARENA)
                .maxPayloadBytes(1 << 17)
                .streamWindow(WINDOW);
    }

    @BeforeEach
    void make() {
        object = workers().create(Lender.class, Lender.Lending::new, ObjectOptions.DEFAULT.on(0));
        lender = object.stub();
        arena = object.arena();
    }

    @AfterEach
    void everythingIsGivenBack() {
        awaitNothingHeld(() -> {});
        object.close();
    }

    private void awaitNothingHeld(Runnable meanwhile) {
        Await await = new Await(LIMIT);
        while (held(arena.usage()) + held(lender.usage()) > 0) {
            await.check("all is given back: " + arena.usage() + ", " + lender.usage());
            meanwhile.run();
            Await.giveWay();
        }
    }

    private static int held(ArenaUsage usage) {
        return usage.here() + usage.there() + usage.borrowed();
    }

    private Loan loan(int index) {
        Loan loan = arena.loan(BLOCK);
        loan.buffer().putInt(0, index);
        return loan;
    }

    @Test
    void loansArriveInOrderAndAreReadInPlace() {
        try (RemoteStream<Loan> loans = lender.loans(100, BLOCK)) {
            for (int i = 0; i < 100; i++) {
                try (Loan loan = loans.next()) {
                    assertEquals(i, loan.buffer().getInt(0));
                    assertEquals(BLOCK, loan.length());
                    assertTrue(arena.usage().borrowed() >= 1);
                }
            }
            assertFalse(loans.hasNext());
        }
        try (Stream<Numbered> numbered = lender.numbered(50, 10)) {
            numbered.forEach(each -> {
                assertEquals(each.index(), each.loan().buffer().getInt(0));
                each.loan().close();
            });
        }
        assertEquals(2, lender.cleanedUp());
    }

    @Test
    void whatIsWrittenAfterTheHandOverIsSeen() {
        try (Loan loan = lender.loans(1, BLOCK).next()) {
            lender.pokeLast(BLOCK - 4, 4711); // by a sender that co-operates
            assertEquals(4711, loan.buffer().getInt(BLOCK - 4));
        }
    }

    @Test
    void whatWasNotReadIsGivenBackWhenTheStreamIsClosed() {
        try (RemoteStream<Loan> loans = lender.loans(Integer.MAX_VALUE, BLOCK)) {
            for (int i = 0; i < 3; i++) {
                loans.next().close();
            }
            new Await(LIMIT).until("the window is full", () -> lender.made() >= WINDOW);
            assertTrue(lender.made() <= 3 + WINDOW, "made " + lender.made());
            assertTrue(held(lender.usage()) > 0);
        }
        awaitNothingHeld(() -> {});
        lender.loans(Integer.MAX_VALUE, BLOCK).close();
        new Await(CLOSED).until("both are cleaned up", () -> lender.cleanedUp() == 2);
    }

    @Test
    void whatWasNotReadIsGivenBackWhenTheStreamIsDropped() {
        readAndDrop();
        new Await(DROPPED).until("the generator is cleaned up", () -> {
            System.gc();
            return lender.cleanedUp() == 1;
        });
    }

    private void readAndDrop() {
        lender.loans(Integer.MAX_VALUE, BLOCK).next().close();
    }

    @Test
    void aStreamOfLoansGoesOnWhenTheArenaHasRoomAgain() {
        try (RemoteStream<Loan> loans = lender.loans(20, ARENA / 4)) {
            List<Loan> held = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Loan loan = loans.next();
                assertEquals(i, loan.buffer().getInt(0));
                held.add(loan);
                if (held.size() == 4) { // all there is
                    assertEquals(ARENA, arena.usage().borrowedBytes());
                    held.forEach(Loan::close);
                    held.clear();
                }
            }
            assertFalse(loans.hasNext());
        }
    }

    @Test
    void anArgumentIsAStreamOfLoans() {
        assertEquals(
                4950, lender.sum(IntStream.range(0, 100).mapToObj(this::loan).iterator()));
        Stream<Numbered> endless = IntStream.iterate(0, i -> i + 1).mapToObj(i -> new Numbered(i, loan(i)));
        assertEquals(2 * (0 + 1 + 2), lender.sumOfFirst(endless, 3));
    }

    @Test
    void loansGoThereAndBackByStreams() {
        Iterator<Loan> back =
                lender.handedOn(IntStream.range(0, 40).mapToObj(this::loan).iterator());
        for (int i = 0; i < 40; i++) {
            try (Loan loan = back.next()) {
                assertEquals(i, loan.buffer().getInt(0));
            }
        }
        assertFalse(back.hasNext());
        RemoteStream<Loan> left = (RemoteStream<Loan>) lender.handedOn(
                IntStream.iterate(0, i -> i + 1).mapToObj(this::loan).iterator());
        left.next().close();
        left.close();
    }

    @Test
    void aGeneratorReadsTheLoanThatItWasGiven() {
        Loan numbers = arena.loan(1000 * Integer.BYTES);
        for (int i = 0; i < 1000; i++) {
            numbers.buffer().putInt(i * Integer.BYTES, 3 * i);
        }
        try (RemoteStream.OfInt read = lender.numbersIn(numbers)) {
            for (int i = 0; i < 1000; i++) {
                assertEquals(3 * i, read.nextInt());
            }
            assertFalse(read.hasNext());
        }
        assertFalse(numbers.isHeld());
        lender.numbersIn(arena.loan(ARENA)).close();
    }

    @Test
    void errorsComeBehindTheLoansBeforeThem() {
        for (boolean sendable : new boolean[] {true, false}) {
            RemoteStream<Object> loans = lender.loansAndThen(3, BLOCK, sendable);
            for (int i = 0; i < 3; i++) {
                try (Loan loan = (Loan) loans.next()) {
                    assertEquals(i, loan.buffer().getInt(0));
                }
            }
            if (sendable) {
                RemoteCallException failure = assertThrows(RemoteCallException.class, loans::hasNext);
                assertTrue(failure.getMessage().contains("no loan 3"), failure.getMessage());
            } else {
                assertThrows(SerializationException.class, loans::hasNext);
            }
            assertFalse(loans.hasNext());
        }
    }

    @Test
    void loansThatAreGoneOrOfAnotherArenaAreRefusedByName() {
        ClosedException closed =
                assertThrows(ClosedException.class, () -> lender.closedLoan().next());
        assertTrue(closed.getMessage().contains("was given back"), closed.getMessage());
        Loan gone = loan(1);
        gone.close();
        RemoteCallException refused = assertThrows(
                RemoteCallException.class, () -> lender.sum(List.of(gone).iterator()));
        assertTrue(refused.getMessage().contains("was given back"), refused.getMessage());
        assertFalse(refused.getMessage().contains("worker -1"), refused.getMessage());
        assertThrows(ClosedException.class, () -> lender.numbersIn(gone));
        try (Loan foreign = workers().arena(1).loan(BLOCK)) {
            RemoteCallException rejected = assertThrows(
                    RemoteCallException.class, () -> lender.sum(List.of(foreign).iterator()));
            assertTrue(rejected.getMessage().contains("in the arena of worker 1"), rejected.getMessage());
            assertThrows(CallRejectedException.class, () -> lender.numbersIn(foreign));
            assertTrue(foreign.isHeld());
        }
        assertEquals(7, lender.sum(List.of(loan(7)).iterator()), "the link goes on");
    }

    @Test
    void whenTheObjectIsClosedItsLoansComeBack() {
        RemoteObject<Lender> other = workers().create(Lender.class, Lender.Lending::new, ObjectOptions.DEFAULT.on(0));
        RemoteStream<Loan> loans = other.stub().loans(Integer.MAX_VALUE, BLOCK);
        loans.next().close();
        other.close();
        assertThrows(ClosedException.class, () -> {
            while (true) {
                loans.next().close();
            }
        });
        assertFalse(loans.hasNext());
    }
}

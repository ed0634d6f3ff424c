package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.config.BackPressure;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can't be is refused by name, where it is asked for; the link goes on, and nothing is lost. */
@Timeout(60)
class LoanErrorsTest extends OnBothTransports {
    private static final int ARENA = 1 << 18;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private RemoteObject<Bench> object;
    private RemoteObject<Bench> elsewhere;
    private Bench bench;
    private LoanArena arena;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2)
                .laneBytes(1 << 16)
                .arenaBytes(ARENA)
                .maxPayloadBytes(1 << 17)
                .backPressureTimeout(Duration.ofMillis(200));
    }

    @BeforeEach
    void createObjects() {
        object = workers().create(Bench.class, Bench.Working::new, ObjectOptions.DEFAULT.on(0));
        elsewhere = workers().create(Bench.class, Bench.Working::new, ObjectOptions.DEFAULT.on(1));
        bench = object.stub();
        arena = object.arena();
    }

    @AfterEach
    void theLinkGoesOnAndNothingIsLost() {
        Loan loan = arena.loan(ARENA);
        loan.buffer().putByte(ARENA - 1, (byte) 9);
        loan = bench.echo(loan);
        assertEquals(9, loan.buffer().getByte(ARENA - 1));
        loan.close();
        assertEquals(
                0, arena.usage().here() + arena.usage().there() + arena.usage().borrowed());
        assertEquals(
                0, bench.usage().here() + bench.usage().there() + bench.usage().borrowed());
        object.close();
        elsewhere.close();
    }

    private static void assertSays(Exception refused, String... parts) {
        for (String part : parts) {
            assertTrue(String.valueOf(refused.getMessage()).contains(part), refused::toString);
        }
    }

    @Test
    void sizesOutOfRange() {
        for (long bytes : new long[] {0, -1, Integer.MIN_VALUE, Long.MIN_VALUE}) {
            assertSays(
                    assertThrows(IllegalArgumentException.class, () -> arena.loan(bytes)),
                    "a loan of " + bytes + " bytes: it must be from 1 to " + ARENA);
        }
        for (long bytes : new long[] {ARENA + 1, 1L << 31, 1L << 40, Long.MAX_VALUE}) {
            PayloadTooLargeException refused = assertThrows(PayloadTooLargeException.class, () -> arena.loan(bytes));
            assertSays(refused, "a loan of " + bytes, "maximum of " + ARENA, "raise arenaBytes");
        }
        try (Loan loan = arena.loan(10)) {
            for (int readers : new int[] {0, -1, 1 << 15}) {
                assertSays(
                        assertThrows(IllegalArgumentException.class, () -> loan.share(readers)), "" + readers, "32767");
            }
            assertThrows(IndexOutOfBoundsException.class, () -> loan.buffer().putInt(8, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> loan.buffer().getByte(10));
        }
        assertThrows(ConfigurationException.class, () -> settings().arenaBytes(-4));
        assertSays(
                assertThrows(
                        ConfigurationException.class,
                        () -> settings().arenaBytes(100_000).conclude()),
                "arenaBytes is 100000");
    }

    @Test
    void loansThatAreGone() {
        Loan closed = arena.loan(5000);
        closed.close();
        assertSays(assertThrows(ClosedException.class, () -> bench.sum(closed)), "of 5000 bytes", "was given back");
        Loan handed = arena.loan(5000);
        bench.keep(handed);
        assertSays(assertThrows(ClosedException.class, () -> bench.sum(handed)), "of 5000 bytes", "was handed over");
        assertThrows(ClosedException.class, () -> handed.share(2));
        assertEquals(1, bench.closeAll());
        assertSays(assertThrows(ClosedException.class, () -> bench.closed(arena.loan(5000))), "was given back");
        assertSays(
                assertThrows(IllegalStateException.class, LoanArena::current), "no current arena outside of a worker");
    }

    @Test
    void loansOfAnotherArena() {
        try (Loan loan = arena.loan(5000)) {
            CallRejectedException refused = assertThrows(
                    CallRejectedException.class, () -> elsewhere.stub().sum(loan));
            assertSays(refused, "of 5000 bytes in the arena of worker 0", "worker 1");
            assertThrows(CallRejectedException.class, () -> elsewhere.arena().loan(10, loan));
            assertThrows(CallRejectedException.class, () -> arena.loan(10, loan));
            loan.buffer().putByte(0, (byte) 1);
            assertTrue(loan.isHeld());
        }
    }

    @Test
    void oneOwnerAtATime() {
        Loan loan = arena.loan(5000);
        Bench.Pair twice = new Bench.Pair("twice", loan, loan);
        assertSays(assertThrows(CallRejectedException.class, () -> bench.swap(twice)), "share it");
        loan.buffer().putByte(0, (byte) 1);
        Loan shared = loan.share(2);
        Bench.Pair back = bench.swap(twice);
        back.left().close();
        back.right().close();
        assertFalse(shared.isHeld());
    }

    @Test
    void aResultThatCanNotBeSentGivesItsLoansBack() {
        assertThrows(OutriderException.class, () -> bench.loanAndThread(5000));
    }

    @Test
    void anExhaustedArenaSaysWhoHoldsHowMuch() {
        List<Loan> here = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            here.add(arena.loan(ARENA / 4));
        }
        bench.keep(arena.loan(ARENA / 4));
        BackPressureException refused = assertThrows(BackPressureException.class, () -> arena.loan(1));
        assertSays(
                refused,
                "no block of 1 bytes",
                "worker 0",
                "of " + ARENA + " bytes this process holds " + 3 * ARENA / 4 + " in 3 blocks",
                "about to get, " + ARENA / 4 + " in 1");
        here.forEach(Loan::close);
        bench.closeAll();
    }

    @Test
    void anExhaustedArenaHoldsTheWorkerBackToo() {
        List<Loan> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.add(bench.make(ARENA / 4, i));
        }
        Exception refused = assertThrows(OutriderException.class, () -> bench.make(1, 1));
        assertSays(
                refused,
                "no block of 1 bytes was free in the arena of the launcher within PT0.2S",
                "of " + ARENA + " bytes this process holds 0 in 0 blocks, and the launcher holds",
                ARENA + " in 4: close loans");
        made.forEach(Loan::close);
        bench.make(1, 1).close();
    }

    @Test
    void whoBlocksWaitsUntilABlockIsGivenBackHoweverLongThatTakes() throws Exception {
        Duration patience = Duration.ofMillis(10);
        try (Threads threads = new Threads();
                var patient = open(configure(settings())
                        .workers(1)
                        .backPressure(BackPressure.BLOCK)
                        .backPressureTimeout(patience));
                RemoteObject<Bench> there = patient.create(Bench.class, Bench.Working::new)) {
            there.stub().keep(there.arena().loan(ARENA));
            Future<?> waiting = threads.start(() -> there.arena().loan(ARENA).close());
            Future<?> interrupted = threads.start(() -> {
                Thread.currentThread().interrupt();
                assertSays(
                        assertThrows(
                                CallInterruptedException.class,
                                () -> there.arena().loan(ARENA)),
                        "interrupted while waiting for a block of " + ARENA,
                        ARENA + " in 1");
            });
            Threads.get(interrupted, LIMIT);
            long sinceNs = System.nanoTime();
            new Await(LIMIT)
                    .until("more than its time-out", () -> System.nanoTime() - sinceNs > 10 * patience.toNanos());
            assertFalse(waiting.isDone());
            there.stub().closeAll();
            threads.join(LIMIT);
        }
    }
}

package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.RemoteObject;
import io.outrider.config.BackPressure;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ClosedException;
import io.outrider.error.RemoteCallException;
import io.outrider.launcher.support.CapturedLog;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.testkit.Await;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of memory change hands between processes, and no byte of them is copied. */
@Timeout(60)
class LoansTest extends OnBothTransports {
    private static final int ARENA = 1 << 20;

    private RemoteObject<Bench> object;
    private Bench bench;
    private LoanArena arena;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.laneBytes(1 << 16)
                .arenaBytes(ARENA)
                .maxPayloadBytes(1 << 19)
                .backPressure(BackPressure.REJECT)
                .backPressureTimeout(Duration.ofHours(1));
    }

    @BeforeEach
    void createObject() {
        object = workers().create(Bench.class, Bench.Working::new);
        bench = object.stub();
        arena = object.arena();
    }

    /** Whatever a test does, all blocks are free in the end. */
    @AfterEach
    void everythingIsGivenBack() {
        bench.closeAll();
        ArenaUsage here = arena.usage();
        assertEquals(0, here.here() + here.there() + here.borrowed(), here::toString);
        ArenaUsage there = bench.usage();
        assertEquals(0, there.here() + there.there() + there.borrowed(), there::toString);
        object.close();
    }

    private Loan filled(int bytes, int value) {
        Loan loan = arena.loan(bytes);
        loan.buffer().setMemory(0, bytes, (byte) value);
        return loan;
    }

    @Test
    void aLoanIsFilledHereAndReadThere() {
        for (int bytes : new int[] {1, 4095, 4096, 4097, 100_000, ARENA}) {
            Loan loan = filled(bytes, 3);
            assertEquals(3L * bytes, bench.sum(loan));
            assertFalse(loan.isHeld());
        }
        assertEquals(ARENA, arena.maxLoanBytes());
        assertSame(arena, workers().arena(0));
    }

    @Test
    void aLoanOfTheWorkersIsReadHere() {
        try (Loan made = bench.make(70_000, 5)) {
            assertEquals(70_000, made.length());
            assertEquals(5, made.buffer().getByte(69_999));
            assertEquals(1, arena.usage().borrowed());
            assertEquals(1, bench.usage().there());
        }
    }

    /** For 1 GiB see {@link LargestLoanTest}. */
    @ParameterizedTest
    @ValueSource(ints = {4096, 100_000, ARENA})
    void noByteIsCopied(int bytes) {
        int last = bytes - Integer.BYTES;
        Loan loan = filled(bytes, 0);
        UnsafeBuffer behindItsBack = new UnsafeBuffer(loan.buffer().addressOffset(), loan.length());
        bench.keep(loan);
        behindItsBack.putInt(last, 4711); // after the hand-over, by a sender that co-operates
        assertEquals(4711, bench.peek(last));
        bench.poke(0, 815);
        assertEquals(815, behindItsBack.getInt(0));
        try (Loan back = bench.give()) {
            assertEquals(behindItsBack.addressOffset(), back.buffer().addressOffset());
            assertEquals(4711, back.buffer().getInt(last));
        }
    }

    @Test
    void aLoanThatComesBackAtOnceIsTheSameObject() {
        Loan loan = filled(5000, 1);
        for (int i = 0; i < 100; i++) {
            loan.buffer().putInt(0, i);
            assertSame(loan, bench.echo(loan));
            assertEquals(i, loan.buffer().getInt(0));
        }
        bench.keep(loan);
        try (Loan later = bench.give()) {
            assertNotSame(loan, later);
            loan.close(); // too late: it is another's
            assertEquals(99, later.buffer().getInt(0));
        }
        assertSame(loan, arena.loan(4096, loan));
        loan.close();
    }

    @Test
    void useAfterTheEndNamesTheLoan() {
        Loan given = filled(5000, 1);
        MutableDirectBuffer buffer = given.buffer();
        ByteBuffer bytes = given.byteBuffer();
        given.close();
        given.close();
        for (int i = 0; i < 3; i++) {
            try (Loan other = filled(5000, 2)) {
                String message = assertThrows(ClosedException.class, () -> buffer.getByte(0))
                        .getMessage();
                assertTrue(message.contains("of 5000 bytes in the arena of worker 0 was given back"), message);
                assertThrows(ClosedException.class, () -> buffer.putLong(8, 1));
                assertThrows(ClosedException.class, given::buffer);
                assertThrows(ClosedException.class, given::byteBuffer);
                assertThrows(IndexOutOfBoundsException.class, () -> bytes.get(0));
                assertEquals(2, other.buffer().getByte(0));
            }
        }
        Loan handed = filled(5000, 3);
        MutableDirectBuffer handedBuffer = handed.buffer();
        bench.sum(handed);
        String message = assertThrows(ClosedException.class, () -> handedBuffer.getByte(0))
                .getMessage();
        assertTrue(message.contains("was handed over"), message);
        String there = bench.afterClose(filled(5000, 4));
        assertTrue(there.contains("of 5000 bytes in the arena of the launcher was given back"), there);
    }

    @Test
    void aLoanIsHandedOverInsideOfOtherValues() {
        Bench.Pair swapped = bench.swap(new Bench.Pair("two", filled(10, 1), filled(20, 2)));
        assertEquals(20, swapped.left().length());
        assertEquals(1, swapped.right().buffer().getByte(9));
        List<Loan> loans = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            loans.add(filled(100 + i, i));
        }
        List<Loan> reversed = bench.reversed(loans);
        for (int i = 0; i < 20; i++) {
            assertSame(loans.get(i), reversed.get(19 - i));
            assertEquals(i, loans.get(i).buffer().getByte(i));
        }
        assertSame(loans.get(3), bench.any(loans.get(3)));
        loans.forEach(Loan::close);
        swapped.left().close();
        swapped.right().close();
        assertEquals(null, bench.echo(null));
    }

    @Test
    void aSharedLoanIsReadBySeveralAndFreeWhenAllHaveClosed() {
        try (RemoteObject<Bench> second = workers().create(Bench.class, Bench.Working::new)) {
            Loan loan = filled(50_000, 7).share(3);
            assertThrows(
                    UnsupportedOperationException.class, () -> loan.buffer().putByte(0, (byte) 1));
            assertThrows(IllegalStateException.class, () -> loan.share(2));
            bench.keep(loan);
            second.stub().keep(loan);
            assertEquals(7, loan.buffer().getByte(49_999));
            assertEquals(0x0707_0707, bench.peek(0));
            assertEquals(1, bench.closeAll());
            assertEquals(0x0707_0707, second.stub().peek(0));
            assertThrows(RemoteCallException.class, () -> second.stub().poke(0, 1));
            second.stub().closeAll();
            assertEquals(1, arena.usage().here());
            assertEquals(350_000, bench.sum(loan));
            assertFalse(loan.isHeld());
        }
    }

    @Test
    void sharingALoanEndsTheBufferThroughWhichItCouldBeWritten() {
        Loan loan = filled(5000, 1);
        ByteBuffer before = loan.byteBuffer();
        loan.share(2);
        assertThrows(IndexOutOfBoundsException.class, () -> before.put(0, (byte) 9));
        ByteBuffer shared = loan.byteBuffer();
        assertThrows(ReadOnlyBufferException.class, () -> shared.put(0, (byte) 9));
        bench.sum(loan);
        assertEquals(1, shared.get(4999)); // a share is here still
        bench.sum(loan);
        try (Loan other = filled(5000, 2)) {
            for (ByteBuffer gone : List.of(before, shared)) {
                assertThrows(IndexOutOfBoundsException.class, () -> gone.get(0));
                assertThrows(IndexOutOfBoundsException.class, () -> gone.getLong(0));
                assertThrows(BufferUnderflowException.class, gone::get);
            }
            assertThrows(IndexOutOfBoundsException.class, () -> before.put(0, (byte) 9));
            assertThrows(BufferOverflowException.class, () -> before.put((byte) 9));
            assertEquals(2, other.buffer().getByte(0));
        }
    }

    @Test
    void anExhaustedArenaRefusesAtOnceOnBothSidesAndSaysWhoHoldsHowMuch() {
        List<Loan> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            bench.keep(arena.loan(ARENA / 8));
            made.add(arena.loan(ARENA / 8));
        }
        BackPressureException refused = assertThrows(BackPressureException.class, () -> arena.loan(1));
        assertSays(refused, "no block of 1 bytes was free in the arena of worker 0: of " + ARENA + " bytes");
        assertSays(refused, "this process holds " + ARENA / 2 + " in 4 blocks, and worker 0 holds");
        assertSays(refused, ARENA / 2 + " in 4: close loans that are not needed, or raise arenaBytes");
        bench.closeAll();
        made.forEach(Loan::close);
        made.clear();
        for (int i = 0; i < 2; i++) {
            bench.keepMade(ARENA / 4);
            made.add(bench.make(ARENA / 4, i));
        }
        Exception refusedThere = assertThrows(RemoteCallException.class, () -> bench.make(1, 1));
        assertSays(refusedThere, "no block of 1 bytes was free in the arena of the launcher: of " + ARENA + " bytes");
        assertSays(refusedThere, "this process holds " + ARENA / 2 + " in 2 blocks, and the launcher holds");
        made.forEach(Loan::close);
        bench.make(ARENA / 4, 1).close();
    }

    private static void assertSays(Exception refused, String part) {
        assertTrue(String.valueOf(refused.getMessage()).contains(part), refused::toString);
    }

    @Test
    void futuresAndCallsThatFailHandOverToo() throws Exception {
        Loan loan = filled(4096, 1);
        CompletableFuture<Loan> echoed = object.async(stub -> stub.echo(loan));
        try (Loan back = echoed.get(20, TimeUnit.SECONDS)) {
            assertEquals(1, back.buffer().getByte(4095));
        }
        assertThrows(RemoteCallException.class, () -> bench.failing(filled(4096, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> object.async(stub -> {
                    Loan unused = filled(10, 1);
                    stub.sum(unused);
                    return stub.sum(unused);
                }));
        assertEquals(1, arena.usage().here()); // the one whose call was never sent
        System.gc();
        Await await = new Await(Duration.ofSeconds(20));
        while (arena.usage().here() > 0) {
            await.check("the loan that was dropped here is found");
            Await.giveWay();
            System.gc();
        }
    }

    @Test
    void aLoanThatComesTooLateGoesBack() {
        try (RemoteObject<LateLender> late = workers().create(LateLender.class, LateLender.Slow::new)) {
            Thread.currentThread().interrupt();
            assertThrows(CallInterruptedException.class, () -> late.stub().make(1000));
            assertTrue(Thread.interrupted());
            Await await = new Await(Duration.ofSeconds(20));
            while (late.stub().lent() > 0) { // after make, since the object is serial
                await.check("the loan of the late outcome goes back");
                Await.giveWay();
            }
        }
    }

    @Test
    void aDroppedLoanIsGivenBackCountedAndLogged() {
        try (CapturedLog log = new CapturedLog()) {
            bench.keep(filled(3001, 1));
            long leakedThere = bench.usage().leaked();
            bench.dropAll();
            long leakedHere = arena.usage().leaked();
            filled(3002, 1);
            Await await = new Await(Duration.ofSeconds(20));
            while (bench.usage().leaked() == leakedThere || arena.usage().leaked() == leakedHere) {
                await.check("what was dropped is found");
                System.gc();
                bench.collectGarbage();
                Await.giveWay();
            }
            await.until(
                    "it is logged here",
                    () -> log.has("WARN", "of 3002 bytes, made in thread main in the arena of worker 0 was dropped"));
            await.until("and where it was made", () -> log.has("at ", "LoansTest.filled"));
            await.until(
                    "it is logged there",
                    () -> log.has("WARN", "of 3001 bytes, received", "in the arena of the launcher was dropped"));
        }
    }
}

package io.outrider.launcher.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.RemoteCallException;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loans change hands by the same rules in each executor, also where no process is between. */
@Timeout(60)
class LoanConformanceTest extends OnAllExecutors {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int BYTES = 10_000;

    /** Takes and gives loans. */
    public interface Shelf {
        /** Two loans in one value. */
        record Pair(Loan left, Loan right) {}

        int sum(Loan loan);

        Loan echo(Loan loan);

        Loan make(int bytes, int value);

        Pair swap(Pair pair);

        int keep(Loan loan);

        int peek(int index);

        int clear();

        int failing(Loan loan);

        List<Object> unsendable();

        ArenaUsage usage();

        /** In the worker. */
        final class Board implements Shelf {
            private final List<Loan> kept = new ArrayList<>();

            @Override
            public int sum(Loan loan) {
                try (loan) {
                    int sum = 0;
                    for (int i = 0; i < loan.length(); i++) {
                        sum += loan.buffer().getByte(i);
                    }
                    return sum;
                }
            }

            @Override
            public Loan echo(Loan loan) {
                return loan;
            }

            @Override
            public Loan make(int bytes, int value) {
                Loan loan = LoanArena.current().loan(bytes);
                loan.buffer().setMemory(0, bytes, (byte) value);
                return loan;
            }

            @Override
            public Pair swap(Pair pair) {
                return new Pair(pair.right(), pair.left());
            }

            @Override
            public int keep(Loan loan) {
                kept.add(loan);
                return kept.size();
            }

            @Override
            public int peek(int index) {
                return kept.get(0).buffer().getByte(index);
            }

            @Override
            public int clear() {
                int count = kept.size();
                kept.forEach(Loan::close);
                kept.clear();
                return count;
            }

            @Override
            public int failing(Loan loan) {
                try (loan) {
                    throw new IllegalStateException("told to");
                }
            }

            @Override
            public List<Object> unsendable() {
                return Arrays.asList(make(100, 1), Thread.currentThread());
            }

            @Override
            public ArenaUsage usage() {
                return LoanArena.current().usage();
            }
        }
    }

    private RemoteObject<Shelf> object;
    private Shelf shelf;
    private LoanArena arena;

    @BeforeEach
    void create() {
        object = executor().create(Shelf.class, Shelf.Board::new, ObjectOptions.DEFAULT.on(0));
        shelf = object.stub();
        arena = object.arena();
    }

    @AfterEach
    void everythingIsGivenBack() {
        shelf.clear();
        new Await(LIMIT).until("all is given back", () -> held(arena.usage()) + held(shelf.usage()) == 0);
        object.close();
    }

    private static int held(ArenaUsage usage) {
        return usage.here() + usage.there() + usage.borrowed();
    }

    private Loan filled(int bytes, int value) {
        Loan loan = arena.loan(bytes);
        loan.buffer().setMemory(0, bytes, (byte) value);
        return loan;
    }

    @Test
    void loansGoThereAndBack() throws Exception {
        Loan loan = filled(BYTES, 2);
        assertEquals(2 * BYTES, shelf.sum(loan));
        assertFalse(loan.isHeld());
        try (Loan made = shelf.make(BYTES, 3)) {
            assertEquals(3, made.buffer().getByte(BYTES - 1));
            assertEquals(3, made.byteBuffer().get(0));
            assertEquals(1, arena.usage().borrowed());
        }
        Loan bounced = filled(BYTES, 4);
        assertSame(bounced, shelf.echo(bounced));
        assertEquals(4, bounced.buffer().getByte(0));
        Shelf.Pair swapped = shelf.swap(new Shelf.Pair(bounced, filled(10, 5)));
        assertEquals(10, swapped.left().length());
        assertEquals(BYTES, swapped.right().length());
        swapped.left().close();
        swapped.right().close();
        Loan last = filled(BYTES, 6);
        CompletableFuture<Loan> later = object.async(there -> there.echo(last));
        Threads.get(later, LIMIT).close();
        assertSame(arena, executor().arena(0));
    }

    @Test
    void theMemoryIsTheSame() {
        Loan loan = filled(BYTES, 1);
        MutableDirectBuffer buffer = loan.buffer();
        long address = buffer.addressOffset();
        assertEquals(1, shelf.keep(loan));
        assertEquals(1, shelf.peek(BYTES - 1));
        assertThrows(ClosedException.class, () -> buffer.getByte(0));
        if (inThisProcess()) {
            Loan back = shelf.echo(filled(BYTES, 1));
            assertTrue(address != 0 && back.buffer().addressOffset() != 0);
            back.close();
        }
    }

    @Test
    void useAfterTheEndNamesTheLoan() {
        Loan closed = filled(BYTES, 1);
        MutableDirectBuffer buffer = closed.buffer();
        closed.close();
        closed.close();
        ClosedException refused = assertThrows(ClosedException.class, () -> buffer.getByte(0));
        assertTrue(refused.getMessage().contains("of 10000 bytes in the arena of worker 0 was given back"));
        assertThrows(ClosedException.class, () -> shelf.sum(closed));
        Loan handed = filled(BYTES, 1);
        shelf.sum(handed);
        assertTrue(
                assertThrows(ClosedException.class, handed::buffer).getMessage().contains("was handed over"));
        Loan once = filled(BYTES, 1);
        assertThrows(CallRejectedException.class, () -> shelf.swap(new Shelf.Pair(once, once)));
        assertTrue(once.isHeld(), "the call was not made");
        once.share(2);
        assertThrows(UnsupportedOperationException.class, () -> once.buffer().putByte(0, (byte) 1));
        Shelf.Pair twice = shelf.swap(new Shelf.Pair(once, once));
        twice.left().close();
        twice.right().close();
    }

    @Test
    void failuresLoseNothing() {
        assertThrows(RemoteCallException.class, () -> shelf.failing(filled(BYTES, 1)));
        assertThrows(RuntimeException.class, () -> shelf.unsendable());
        assertThrows(IllegalArgumentException.class, () -> arena.loan(0));
        assertThrows(IllegalArgumentException.class, () -> arena.loan(-5));
        assertThrows(PayloadTooLargeException.class, () -> arena.loan(1L << 40));
        RemoteObject<Shelf> gone = executor().create(Shelf.class, Shelf.Board::new, ObjectOptions.DEFAULT.on(0));
        gone.close();
        try (Loan loan = filled(BYTES, 1)) {
            assertThrows(ClosedException.class, () -> gone.stub().sum(loan));
            assertTrue(loan.isHeld(), "the call was not made");
        }
        assertThrows(IllegalStateException.class, LoanArena::current);
    }
}

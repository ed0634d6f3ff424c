package io.outrider.launcher.executors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.error.RemoteCallException;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values flow alike in each executor, also where no process is between. */
@Timeout(60)
class StreamConformanceTest extends OnAllExecutors {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Yields values. */
    public interface Spring {
        Iterator<Integer> numbers(int count);

        Stream<String> words(int count);

        LongStream longs(long count);

        RemoteStream<Integer> failing(int after);

        RemoteStream.OfLong failingLongs(long after);

        RemoteStream<List<Integer>> same(int count);

        Iterator<Loan> loans(int count);

        Iterator<Integer> none();

        int sum(Iterator<Integer> values);

        int cleanedUp();

        /** In the worker. */
        final class Well implements Spring {
            private final AtomicInteger cleanedUp = new AtomicInteger();

            @Override
            public Iterator<Integer> numbers(int count) {
                return IntStream.range(0, count).iterator();
            }

            @Override
            public Stream<String> words(int count) {
                return IntStream.range(0, count).mapToObj(i -> "word " + i).onClose(cleanedUp::incrementAndGet);
            }

            @Override
            public LongStream longs(long count) {
                return LongStream.range(0, count);
            }

            @Override
            public RemoteStream<Integer> failing(int after) {
                return RemoteStream.of(IntStream.rangeClosed(0, after)
                        .mapToObj(i -> {
                            if (i == after) {
                                throw new IllegalArgumentException("no value " + after);
                            }
                            return i;
                        })
                        .onClose(cleanedUp::incrementAndGet));
            }

            @Override
            public RemoteStream.OfLong failingLongs(long after) {
                class Failing implements PrimitiveIterator.OfLong, AutoCloseable {
                    private long next;

                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public long nextLong() {
                        if (next == after) {
                            throw new IllegalArgumentException("no value " + after);
                        }
                        return next++;
                    }

                    @Override
                    public void close() {
                        cleanedUp.incrementAndGet();
                    }
                }
                return RemoteStream.OfLong.of(new Failing());
            }

            @Override
            public RemoteStream<List<Integer>> same(int count) {
                List<Integer> one = new ArrayList<>();
                return RemoteStream.of(IntStream.range(0, count).mapToObj(i -> {
                    one.add(i);
                    return one;
                }));
            }

            @Override
            public Iterator<Loan> loans(int count) {
                return IntStream.range(0, count)
                        .mapToObj(i -> {
                            Loan loan = LoanArena.current().loan(100);
                            loan.buffer().putInt(0, i);
                            return loan;
                        })
                        .iterator();
            }

            @Override
            public Iterator<Integer> none() {
                return null;
            }

            @Override
            public int sum(Iterator<Integer> values) {
                int sum = 0;
                while (values.hasNext()) {
                    sum += values.next();
                }
                return sum;
            }

            @Override
            public int cleanedUp() {
                return cleanedUp.get();
            }
        }
    }

    private RemoteObject<Spring> object;
    private Spring spring;

    @BeforeEach
    void create() {
        object = executor().create(Spring.class, Spring.Well::new);
        spring = object.stub();
    }

    @AfterEach
    void letGo() {
        object.close();
    }

    @Test
    void everyFormArrivesInOrder() {
        RemoteStream<Integer> numbers = (RemoteStream<Integer>) spring.numbers(100);
        assertEquals(IntStream.range(0, 100).boxed().toList(), numbers.stream().toList());
        assertThrows(IllegalStateException.class, numbers::stream);
        assertArrayEquals(new long[] {0, 1, 2}, spring.longs(3).toArray());
        assertEquals(List.of("word 0", "word 1"), spring.words(2).toList());
        assertEquals(4950, spring.sum(IntStream.range(0, 100).iterator()));
        assertFalse(spring.numbers(0).hasNext());
    }

    @Test
    void anErrorComesBehindTheValuesBeforeIt() {
        RemoteStream<Integer> failing = spring.failing(2);
        assertEquals(0, failing.next());
        assertEquals(1, failing.next());
        RemoteCallException failure = assertThrows(RemoteCallException.class, failing::hasNext);
        assertTrue(failure.getMessage().contains("no value 2"), failure.getMessage());
        assertFalse(failing.hasNext());
        new Await(LIMIT).until("it is cleaned up", () -> spring.cleanedUp() == 1);
        assertThrows(RemoteCallException.class, () -> spring.none().hasNext());
        RemoteStream.OfLong longs = spring.failingLongs(1);
        assertEquals(0, longs.nextLong());
        RemoteCallException unboxed = assertThrows(RemoteCallException.class, longs::nextLong);
        assertTrue(unboxed.getMessage().contains("no value 1"), unboxed.getMessage());
        assertFalse(longs.hasNext());
        new Await(LIMIT).until("it is cleaned up", () -> spring.cleanedUp() == 2);
    }

    @Test
    void closingCleansUp() {
        RemoteStream<Integer> endless = spring.failing(Integer.MAX_VALUE);
        assertEquals(0, endless.next());
        endless.close();
        assertFalse(endless.hasNext());
        new Await(LIMIT).until("it is cleaned up", () -> spring.cleanedUp() == 1);
    }

    @Test
    void valuesAreCopies() {
        List<List<Integer>> lists = spring.same(3).stream().toList();
        assertEquals(List.of(List.of(0), List.of(0, 1), List.of(0, 1, 2)), lists);
        assertNotSame(lists.get(0), lists.get(1));
    }

    @Test
    void loansAreHandedOver() {
        Iterator<Loan> loans = spring.loans(10);
        for (int i = 0; i < 10; i++) {
            try (Loan loan = loans.next()) {
                assertEquals(i, loan.buffer().getInt(0));
            }
        }
        assertFalse(loans.hasNext());
        assertEquals(0, object.arena().usage().borrowed());
    }
}

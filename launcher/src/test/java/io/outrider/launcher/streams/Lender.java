package io.outrider.launcher.streams;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.RemoteStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Yields loans, and takes them over time. */
public interface Lender {
    /** A loan among other components. */
    record Numbered(int index, Loan loan) {}

    /** Each begins with its number. */
    RemoteStream<Loan> loans(int count, int bytes);

    Stream<Numbered> numbered(int count, int bytes);

    RemoteStream<Object> loansAndThen(int count, int bytes, boolean sendable);

    RemoteStream<Loan> closedLoan();

    /** The worker's numbers in the loan, four bytes each; closed at the end. */
    RemoteStream.OfInt numbersIn(Loan loan);

    long sum(Iterator<Loan> loans);

    long sumOfFirst(Stream<Numbered> loans, int count);

    Iterator<Loan> handedOn(Iterator<Loan> loans);

    void pokeLast(int index, int value);

    int made();

    int cleanedUp();

    ArenaUsage usage();

    void collectGarbage();

    /** In the worker. */
    final class Lending implements Lender {
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger cleanedUp = new AtomicInteger();
        private volatile DirectBuffer last; // its memory, behind the loan's back

        private Loan make(int index, int bytes) {
            Loan loan = LoanArena.current().loan(bytes);
            loan.buffer().putInt(0, index);
            last = new UnsafeBuffer(loan.buffer().addressOffset(), bytes);
            made.incrementAndGet();
            return loan;
        }

        private <T> Stream<T> each(int count, IntFunction<T> maker) {
            return IntStream.range(0, count).mapToObj(maker).onClose(cleanedUp::incrementAndGet);
        }

        @Override
        public RemoteStream<Loan> loans(int count, int bytes) {
            return RemoteStream.of(each(count, i -> make(i, bytes)));
        }

        @Override
        public Stream<Numbered> numbered(int count, int bytes) {
            return each(count, i -> new Numbered(i, make(i, bytes)));
        }

        @Override
        public RemoteStream<Object> loansAndThen(int count, int bytes, boolean sendable) {
            return RemoteStream.of(each(count + 1, i -> {
                if (i < count) {
                    return make(i, bytes);
                }
                if (sendable) {
                    throw new IllegalArgumentException("no loan " + i);
                }
                return Arrays.asList(make(i, bytes), Thread.currentThread());
            }));
        }

        @Override
        public RemoteStream<Loan> closedLoan() {
            Loan loan = make(0, 100);
            loan.close();
            return RemoteStream.of(List.of(loan).iterator());
        }

        @Override
        public RemoteStream.OfInt numbersIn(Loan loan) {
            return RemoteStream.OfInt.of(IntStream.range(0, loan.length() / Integer.BYTES)
                    .map(i -> loan.buffer().getInt(i * Integer.BYTES))
                    .onClose(loan::close));
        }

        @Override
        public long sum(Iterator<Loan> loans) {
            long sum = 0;
            while (loans.hasNext()) {
                try (Loan loan = loans.next()) {
                    sum += loan.buffer().getInt(0);
                }
            }
            return sum;
        }

        @Override
        public long sumOfFirst(Stream<Numbered> loans, int count) {
            return loans.limit(count)
                    .mapToLong(numbered -> {
                        try (Loan loan = numbered.loan()) {
                            return loan.buffer().getInt(0) + numbered.index();
                        }
                    })
                    .sum();
        }

        @Override
        public Iterator<Loan> handedOn(Iterator<Loan> loans) {
            return loans;
        }

        @Override
        public void pokeLast(int index, int value) {
            ((UnsafeBuffer) last).putInt(index, value);
        }

        @Override
        public int made() {
            return made.get();
        }

        @Override
        public int cleanedUp() {
            return cleanedUp.get();
        }

        @Override
        public ArenaUsage usage() {
            return LoanArena.current().usage();
        }

        @Override
        public void collectGarbage() {
            System.gc();
        }
    }
}

package io.outrider.launcher.loans;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.error.ClosedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** What a worker does with loans and buffers. */
interface Bench {
    /** Two loans among other values. */
    record Pair(String name, Loan left, Loan right) {}

    long sum(Loan loan);

    Loan echo(Loan loan);

    Loan make(int bytes, int value);

    int keep(Loan loan);

    int keepMade(int bytes);

    Loan give();

    int peek(int index);

    void poke(int index, int value);

    void dropAll();

    int closeAll();

    Pair swap(Pair pair);

    List<Loan> reversed(List<Loan> loans);

    Object any(Object value);

    String afterClose(Loan loan);

    Loan closed(Loan loan);

    List<Object> loanAndThread(int bytes);

    long failing(Loan loan);

    ArenaUsage usage();

    /** Of whoever calls. */
    void rememberArena();

    ArenaUsage usageOfRemembered();

    /** What a loan of the arena that was remembered fails with. */
    String loanOfRemembered();

    void collectGarbage();

    boolean awaitOpen(int ms) throws InterruptedException;

    int checkSum(DirectBuffer buffer);

    DirectBuffer echoBuffer(DirectBuffer buffer);

    int keepBuffer(DirectBuffer buffer);

    String readKeptBuffer();

    long slowBuffer(DirectBuffer buffer, int ms) throws InterruptedException;

    byte[] bytes(byte[] values);

    double[] doubles(double[] values);

    boolean[] booleans(boolean[] values);

    ByteBuffer byteBuffer(ByteBuffer values);

    long lengths(byte[] a, long[] b, double[] c);

    long allocatedBytes();

    /** Works at it. */
    final class Working implements Bench {
        private final List<Loan> kept = new ArrayList<>();
        private final CountDownLatch open = new CountDownLatch(1);
        private DirectBuffer keptBuffer;
        private LoanArena remembered;

        @Override
        public long sum(Loan loan) {
            try (loan) {
                long sum = 0;
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
        public synchronized int keep(Loan loan) {
            kept.add(loan);
            return kept.size();
        }

        @Override
        public int keepMade(int bytes) {
            return keep(make(bytes, 0));
        }

        @Override
        public synchronized Loan give() {
            return kept.remove(kept.size() - 1);
        }

        @Override
        public synchronized int peek(int index) {
            return kept.get(kept.size() - 1).buffer().getInt(index);
        }

        @Override
        public synchronized void poke(int index, int value) {
            kept.get(kept.size() - 1).byteBuffer().putInt(index, value);
        }

        @Override
        public synchronized void dropAll() {
            kept.clear();
        }

        @Override
        public synchronized int closeAll() {
            kept.forEach(Loan::close);
            int count = kept.size();
            kept.clear();
            return count;
        }

        @Override
        public Pair swap(Pair pair) {
            return new Pair(pair.name(), pair.right(), pair.left());
        }

        @Override
        public List<Loan> reversed(List<Loan> loans) {
            List<Loan> reversed = new ArrayList<>();
            loans.forEach(loan -> reversed.add(0, loan));
            return reversed;
        }

        @Override
        public Object any(Object value) {
            return value;
        }

        @Override
        public String afterClose(Loan loan) {
            DirectBuffer buffer = loan.buffer();
            loan.close();
            try {
                return "read " + buffer.getLong(0);
            } catch (ClosedException expected) {
                return expected.getMessage();
            }
        }

        @Override
        public Loan closed(Loan loan) {
            loan.close();
            return loan;
        }

        @Override
        public List<Object> loanAndThread(int bytes) {
            return Arrays.asList(LoanArena.current().loan(bytes), Thread.currentThread());
        }

        @Override
        public long failing(Loan loan) {
            try (loan) {
                throw new IllegalStateException("told to");
            }
        }

        @Override
        public ArenaUsage usage() {
            return LoanArena.current().usage();
        }

        @Override
        public void rememberArena() {
            remembered = LoanArena.current();
        }

        @Override
        public ArenaUsage usageOfRemembered() {
            return remembered.usage();
        }

        @Override
        public String loanOfRemembered() {
            try (Loan loan = remembered.loan(1)) {
                return "got " + loan;
            } catch (ClosedException expected) {
                return expected.getMessage();
            }
        }

        @Override
        public void collectGarbage() {
            System.gc();
        }

        @Override
        public boolean awaitOpen(int ms) throws InterruptedException {
            return open.await(ms, TimeUnit.MILLISECONDS);
        }

        @Override
        public int checkSum(DirectBuffer buffer) {
            int sum = 0;
            for (int i = 0; i < buffer.capacity(); i++) {
                sum = 31 * sum + buffer.getByte(i);
            }
            return sum;
        }

        @Override
        public DirectBuffer echoBuffer(DirectBuffer buffer) {
            return buffer;
        }

        @Override
        public int keepBuffer(DirectBuffer buffer) {
            keptBuffer = buffer;
            return buffer.getInt(0);
        }

        @Override
        public String readKeptBuffer() {
            try {
                return "read " + keptBuffer.getInt(0);
            } catch (ClosedException expected) {
                return expected.getMessage();
            }
        }

        @Override
        public long slowBuffer(DirectBuffer buffer, int ms) throws InterruptedException {
            Thread.sleep(ms); // the method is slow: that is what it is for
            return buffer.getLong(0);
        }

        @Override
        public byte[] bytes(byte[] values) {
            return values;
        }

        @Override
        public double[] doubles(double[] values) {
            return values;
        }

        @Override
        public boolean[] booleans(boolean[] values) {
            return values;
        }

        @Override
        public ByteBuffer byteBuffer(ByteBuffer values) {
            return values;
        }

        @Override
        public long lengths(byte[] a, long[] b, double[] c) {
            return a.length + b.length + c.length;
        }

        @Override
        public long allocatedBytes() {
            return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                    .getCurrentThreadAllocatedBytes();
        }
    }
}

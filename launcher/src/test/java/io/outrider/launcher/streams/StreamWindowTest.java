package io.outrider.launcher.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ConfigurationException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The window in bytes holds where it is smaller than that in values, in both directions. */
@Timeout(60)
class StreamWindowTest extends OnBothTransports {
    private static final int VALUE = 1024;
    private static final int WINDOW = 1_000;
    private static final int WINDOW_BYTES = 16 * VALUE;
    private static final int[] SIZES = {VALUE, 64 * VALUE, VALUE * VALUE
    }; // below the window, and 4 and 64 times as large
    private static final int MANY = 50;
    private static final int CLOSELY = 8;
    private static final int LOOKS = 10;
    private static final int ANSWER = 1 << 20;
    private static final int ARENA = 8 << 20;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.streamWindow(WINDOW)
                .streamWindowBytes(WINDOW_BYTES)
                .arenaBytes(ARENA) // a few of the largest values
                .maxPayloadBytes(2 << 20)
                .jvmArguments("-Xmx16m"); // less than what it yields
    }

    /** Yields and takes values of some size, as arrays and as loans. */
    public interface Weights {
        RemoteStream<byte[]> yield(int count, int bytes);

        RemoteStream<Loan> lend(int count, int bytes);

        /** Waits before each value but the first until another object of its worker says so. */
        int take(Iterator<byte[]> values, int count);

        int borrow(Iterator<Loan> values, int count);

        void goOn();

        byte[] echo(byte[] value);

        int produced();

        long heldBytes();

        /** In the worker. */
        final class Weighing implements Weights {
            private static final Semaphore GO_ON = new Semaphore(0);

            private final AtomicInteger produced = new AtomicInteger();

            @Override
            public RemoteStream<byte[]> yield(int count, int bytes) {
                produced.set(0);
                return RemoteStream.of(IntStream.range(0, count).mapToObj(i -> array(i, bytes, produced)));
            }

            @Override
            public RemoteStream<Loan> lend(int count, int bytes) {
                produced.set(0);
                LoanArena arena = LoanArena.current();
                return RemoteStream.of(IntStream.range(0, count).mapToObj(i -> loan(i, bytes, produced, arena)));
            }

            @Override
            public int take(Iterator<byte[]> values, int count) {
                for (int i = 0; i < count; i++) {
                    acquire(i == 0 ? 0 : 1);
                    check(i, values.next()[0]);
                }
                return count;
            }

            @Override
            public int borrow(Iterator<Loan> values, int count) {
                for (int i = 0; i < count; i++) {
                    acquire(i == 0 ? 0 : 1);
                    try (Loan loan = values.next()) {
                        check(i, loan.buffer().getByte(0));
                    }
                }
                return count;
            }

            private static void acquire(int permits) {
                try {
                    if (!GO_ON.tryAcquire(permits, SOON.toSeconds(), TimeUnit.SECONDS)) {
                        throw new IllegalStateException("not told to go on");
                    }
                } catch (InterruptedException stopped) {
                    throw new IllegalStateException("stopped", stopped);
                }
            }

            private static void check(int index, byte found) {
                if (found != (byte) index) {
                    throw new IllegalStateException("value " + index + " is missing");
                }
            }

            @Override
            public void goOn() {
                GO_ON.release();
            }

            @Override
            public byte[] echo(byte[] value) {
                return value;
            }

            @Override
            public int produced() {
                return produced.get();
            }

            @Override
            public long heldBytes() {
                ArenaUsage usage = LoanArena.current().usage();
                return usage.hereBytes() + usage.thereBytes();
            }
        }
    }

    /** Reads one value, waits until another object of its worker says so, and reads on. */
    public interface Hesitant {
        int take(Iterator<Integer> values, int count);

        void goOn();

        /** In the worker. */
        final class Hesitating implements Hesitant {
            private static final CountDownLatch GO_ON = new CountDownLatch(1);

            @Override
            public int take(Iterator<Integer> values, int count) {
                int taken = 1 + values.next();
                await(GO_ON);
                while (taken < count && values.next() == taken) {
                    taken++;
                }
                return taken;
            }

            @Override
            public void goOn() {
                GO_ON.countDown();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(SOON.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("stopped", stopped);
        }
    }

    private static byte[] array(int index, int bytes, AtomicInteger produced) {
        produced.incrementAndGet();
        byte[] value = new byte[bytes];
        value[0] = (byte) index;
        return value;
    }

    private static Loan loan(int index, int bytes, AtomicInteger produced, LoanArena arena) {
        produced.incrementAndGet();
        Loan loan = arena.loan(bytes);
        loan.buffer().putByte(0, (byte) index);
        return loan;
    }

    /** How many values of a size may be there that were not read: those of the window, the last of which may go beyond it. */
    private static int ahead(int bytes) {
        return Math.max(1, WINDOW_BYTES / bytes + 1);
    }

    @Test
    void aGeneratorIsAtMostSoManyBytesAhead() {
        try (RemoteObject<Weights> object = workers().create(Weights.class, Weights.Weighing::new)) {
            Weights weights = object.stub();
            for (int bytes : SIZES) {
                try (RemoteStream<byte[]> values = weights.yield(MANY, bytes)) {
                    readSlowly(weights, bytes, i -> assertEquals((byte) i, values.next()[0]));
                }
                try (RemoteStream<Loan> loans = weights.lend(MANY, bytes)) {
                    readSlowly(weights, bytes, i -> {
                        try (Loan loan = loans.next()) {
                            assertEquals((byte) i, loan.buffer().getByte(0));
                        }
                    });
                }
            }
        }
    }

    private static void readSlowly(Weights weights, int bytes, IntConsumer reader) {
        int most = ahead(bytes);
        new Await(SOON).until("there is half a window", () -> weights.produced() >= (most + 1) / 2);
        for (int read = 0; read < MANY; read++) {
            if (read < CLOSELY || read == MANY / 2) {
                for (int i = 0; i < LOOKS; i++) {
                    int produced = weights.produced();
                    assertTrue(produced <= read + most, "produced " + produced + " of " + bytes + ", read " + read);
                    long held = weights.heldBytes();
                    assertTrue(held <= (long) most * bytes, "holds " + held + " in values of " + bytes);
                }
                assertEquals(ANSWER, weights.echo(new byte[ANSWER]).length, "nobody reads meanwhile");
            }
            reader.accept(read);
        }
    }

    @Test
    void anArgumentIsPulledAtMostSoManyBytesAhead() throws Exception {
        try (RemoteObject<Weights> object = workers().create(Weights.class, Weights.Weighing::new);
                RemoteObject<Weights> other = workers().create(Weights.class, Weights.Weighing::new);
                Threads threads = new Threads()) {
            Weights weights = object.stub();
            for (int bytes : SIZES) {
                AtomicInteger pulled = new AtomicInteger();
                IntStream endless = IntStream.iterate(0, i -> i + 1);
                Iterator<byte[]> arrays =
                        endless.mapToObj(i -> array(i, bytes, pulled)).iterator();
                giveSlowly(other, bytes, pulled, threads.start(() -> weights.take(arrays, CLOSELY)));
                AtomicInteger lent = new AtomicInteger();
                Iterator<Loan> loans = IntStream.range(0, MANY)
                        .mapToObj(i -> loan(i, bytes, lent, object.arena()))
                        .iterator();
                giveSlowly(other, bytes, lent, threads.start(() -> weights.borrow(loans, CLOSELY)));
            }
        }
    }

    /** Lets the worker read one value after the other, and looks each time how many were pulled. */
    private static void giveSlowly(
            RemoteObject<Weights> beside, int bytes, AtomicInteger pulled, Future<Integer> reading) throws Exception {
        int most = ahead(bytes);
        for (int read = 1; read <= CLOSELY; read++) {
            int atLeast = read;
            new Await(SOON).until("the next is there", () -> pulled.get() >= atLeast);
            for (int i = 0; i < LOOKS; i++) {
                assertEquals(0, beside.stub().heldBytes(), "the worker lends nothing");
                assertTrue(pulled.get() <= read + most, "pulled " + pulled + " of " + bytes + ", read " + read);
            }
            assertEquals(ANSWER, beside.stub().echo(new byte[ANSWER]).length, "nobody reads meanwhile");
            if (read < CLOSELY) {
                beside.stub().goOn();
            }
        }
        assertEquals(CLOSELY, Threads.get(reading, SOON));
    }

    @Test
    void whatWasGatheredForAReaderThatWasBehindReachesItWhileTheGeneratorWaits() {
        int count = WINDOW * 3 / 5;
        CountDownLatch over = new CountDownLatch(1);
        try (RemoteObject<Hesitant> reader = workers().create(Hesitant.class, Hesitant.Hesitating::new);
                RemoteObject<Hesitant> other = workers().create(Hesitant.class, Hesitant.Hesitating::new)) {
            Iterator<Integer> values = IntStream.iterate(0, i -> i + 1)
                    .peek(i -> {
                        if (i == count) {
                            other.stub().goOn();
                            await(over);
                        }
                    })
                    .iterator();
            assertEquals(count, reader.stub().take(values, count));
        } finally {
            over.countDown();
        }
    }

    @Test
    void windowsBelowOneAreRefused() {
        assertThrows(
                ConfigurationException.class, () -> settings().streamWindow(0).conclude());
        assertThrows(
                ConfigurationException.class, () -> settings().streamWindow(-1).conclude());
        assertThrows(
                ConfigurationException.class,
                () -> settings().streamWindowBytes(-5).conclude());
        assertThrows(
                ConfigurationException.class,
                () -> workers().map(i -> i, IntStream.range(0, 3).boxed().iterator(), 0));
    }
}

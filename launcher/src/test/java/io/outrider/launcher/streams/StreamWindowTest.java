package io.outrider.launcher.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ConfigurationException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The window in bytes holds where it is smaller than that in values, in both directions. */
@Timeout(60)
class StreamWindowTest extends OnBothTransports {
    private static final int VALUE = 1024;
    private static final int WINDOW = 1_000;
    private static final int WINDOW_BYTES = 16 * VALUE;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.streamWindow(WINDOW).streamWindowBytes(WINDOW_BYTES);
    }

    /** Yields and takes values of some size. */
    public interface Weights {
        RemoteStream<byte[]> yield(int count);

        int take(Iterator<byte[]> values, int count);

        int produced();

        /** In the worker. */
        final class Weighing implements Weights {
            private final AtomicInteger produced = new AtomicInteger();

            @Override
            public RemoteStream<byte[]> yield(int count) {
                return RemoteStream.of(IntStream.range(0, count).mapToObj(i -> value(i, produced)));
            }

            @Override
            public int take(Iterator<byte[]> values, int count) {
                for (int i = 0; i < count; i++) {
                    if (values.next()[0] != (byte) i) {
                        throw new IllegalStateException("value " + i + " is missing");
                    }
                }
                return count;
            }

            @Override
            public int produced() {
                return produced.get();
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

    private static byte[] value(int index, AtomicInteger produced) {
        produced.incrementAndGet();
        byte[] value = new byte[VALUE];
        value[0] = (byte) index;
        return value;
    }

    @Test
    void aGeneratorIsAtMostSoManyBytesAhead() {
        try (RemoteObject<Weights> object = workers().create(Weights.class, Weights.Weighing::new)) {
            Weights weights = object.stub();
            RemoteStream<byte[]> values = weights.yield(2_000);
            assertEquals(0, values.next()[0]);
            int most = 1 + WINDOW_BYTES / VALUE + 1; // what was read, the window, and the one that goes beyond it
            new Await(SOON).until("the window is full", () -> weights.produced() >= WINDOW_BYTES / VALUE / 2);
            for (int i = 0; i < 100; i++) {
                int produced = weights.produced();
                assertTrue(produced <= most, "produced " + produced);
            }
            for (int i = 1; i < 2_000; i++) {
                assertEquals((byte) i, values.next()[0]);
                int produced = i % 100 == 0 ? weights.produced() : 0;
                assertTrue(produced <= i + most, "produced " + produced);
            }
            assertFalse(values.hasNext());
        }
    }

    @Test
    void anArgumentIsPulledAtMostSoManyBytesAhead() {
        try (RemoteObject<Weights> object = workers().create(Weights.class, Weights.Weighing::new)) {
            AtomicInteger pulled = new AtomicInteger();
            Iterator<byte[]> endless = IntStream.iterate(0, i -> i + 1)
                    .mapToObj(i -> value(i, pulled))
                    .iterator();
            assertEquals(500, object.stub().take(endless, 500));
            assertTrue(pulled.get() <= 500 + WINDOW_BYTES / VALUE + 1, "pulled " + pulled);
        }
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

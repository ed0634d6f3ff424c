package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.error.CallInterruptedException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that is interrupted in a call gives it up and keeps its status; nothing is closed and nothing hangs. */
@Timeout(60)
class InterruptTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int SLOTS = 8;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.maxInFlight(SLOTS);
    }

    @Test
    void aCallThatWaitsIsGivenUpAndTheStatusKept() throws Exception {
        waitsInterrupted(workers());
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void withEveryWaitStrategy(WaitStrategy strategy) throws Exception {
        try (RemoteExecutor own = open(settings().waitStrategy(strategy))) {
            waitsInterrupted(own);
        }
    }

    private static void waitsInterrupted(RemoteExecutor executor) throws Exception {
        try (RemoteObject<Ledger> slow = executor.create(Ledger.class, () -> new Ledger.Checking(1));
                RemoteObject<Ledger> other = executor.create(Ledger.class, () -> new Ledger.Checking(2));
                Threads threads = new Threads()) {
            AtomicReferenceArray<Thread> caller = new AtomicReferenceArray<>(1);
            AtomicBoolean kept = new AtomicBoolean();
            threads.start(() -> {
                caller.set(0, Thread.currentThread());
                CallInterruptedException interrupted = assertThrows(
                        CallInterruptedException.class, () -> slow.stub().untilReleased(1));
                assertTrue(interrupted.getMessage().contains("untilReleased"), interrupted::getMessage);
                kept.set(Thread.interrupted());
                assertEquals(0.5, other.stub().primitive(1), "the next call works");
            });
            Await await = new Await(LIMIT);
            await.until("the method waits", () -> other.stub().isWaitedFor());
            caller.get(0).interrupt();
            threads.join(LIMIT);
            assertTrue(kept.get(), "the interrupt status was kept");
            other.stub().release();
            assertEquals(1, slow.stub().mostAtOnce());
        }
    }

    @Test
    void anInterruptedThreadCanStillMakeShortCallsOrIsTold() {
        try (RemoteObject<Ledger> object = workers().create(Ledger.class, () -> new Ledger.Checking(1))) {
            for (int i = 0; i < 100; i++) {
                Thread.currentThread().interrupt();
                try {
                    assertEquals(0.5, object.stub().primitive(1));
                } catch (CallInterruptedException told) {
                    assertTrue(told.getMessage().contains("primitive"), told::getMessage);
                }
                assertTrue(Thread.interrupted(), "the status was kept");
            }
            assertEquals(1, object.stub().primitive(2));
        }
    }

    @Test
    void aThousandInterruptsAtRandom() throws Exception {
        int callers = 4;
        AtomicReferenceArray<Thread> running = new AtomicReferenceArray<>(callers);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger gaveUp = new AtomicInteger();
        try (RemoteObject<Ledger> object = workers().create(Ledger.class, () -> new Ledger.Checking(1));
                Threads threads = new Threads()) {
            for (int t = 0; t < callers; t++) {
                int thread = t;
                threads.start(() -> {
                    running.set(thread, Thread.currentThread());
                    byte[] large = new byte[300_000];
                    for (int i = 1; !stop.get(); i++) {
                        try {
                            callOnce(object.stub(), i, large);
                        } catch (CallInterruptedException given) {
                            assertTrue(Thread.currentThread().isInterrupted(), "the status was kept");
                            gaveUp.incrementAndGet();
                        }
                        Thread.interrupted();
                    }
                    running.set(thread, null);
                });
            }
            Random random = new Random(11);
            for (int i = 0; i < 1_000; i++) {
                Thread victim = running.get(random.nextInt(callers));
                if (victim != null) {
                    victim.interrupt();
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(2_000)));
            }
            stop.set(true);
            threads.join(LIMIT);
            assertEquals(0.5, object.stub().primitive(1), "nothing was closed");
            assertTrue(workers().workers().get(0).alive());
            System.out.println(transport() + ": " + gaveUp + " calls were given up after 1000 interrupts");
        }
        allSlotsAreFree();
    }

    private static void callOnce(Ledger ledger, int i, byte[] large) {
        switch (i % 4) {
            case 0 -> assertEquals(i, ledger.slow(1, i));
            case 1 -> assertEquals(i, ledger.blocking(1, i));
            case 2 -> assertEquals(i * 0.5, ledger.primitive(i));
            default -> assertEquals(large.length, ledger.bytes(large).length);
        }
    }

    private void allSlotsAreFree() throws Exception {
        try (RemoteObject<Ledger> object = workers().create(Ledger.class, () -> new Ledger.Checking(1))) {
            java.util.List<java.util.concurrent.CompletableFuture<Double>> all = new java.util.ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                all.add(object.async(o -> o.primitive(4)));
            }
            for (java.util.concurrent.CompletableFuture<Double> each : all) {
                assertEquals(2.0, Threads.get(each, LIMIT));
            }
        }
    }
}

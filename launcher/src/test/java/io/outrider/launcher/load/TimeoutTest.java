package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallTimeoutException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that is given up answers nobody else, and gives its slot back. */
@Timeout(60)
class TimeoutTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int SLOTS = 4;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.callTimeout(Duration.ofMillis(150)).maxInFlight(SLOTS).backPressureTimeout(LIMIT);
    }

    /** A machine that is busy with other things may make any call late; what it must not do is answer wrongly. */
    private static <R> R patiently(Callable<R> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (CallTimeoutException late) {
                assertTrue(late.getMessage().contains("worker "), late::getMessage);
            }
        }
    }

    private static RemoteObject<Ledger> ledger(RemoteExecutor workers, int name) throws Exception {
        return patiently(() -> workers.create(Ledger.class, () -> new Ledger.Checking(name)));
    }

    @Test
    void aLateReplyAnswersNoOtherCallAndLeaksNoSlot() throws Exception {
        try (RemoteObject<Ledger> slow = ledger(workers(), 1);
                RemoteObject<Ledger> other = ledger(workers(), 2)) {
            for (int i = 0; i < 2 * SLOTS; i++) {
                int value = i;
                CallTimeoutException late = assertThrows(
                        CallTimeoutException.class, () -> slow.stub().blocking(500, value));
                assertTrue(
                        late.getMessage().contains("blocking")
                                && late.getMessage().contains("worker "),
                        late::getMessage);
                for (int j = 0; j < 50; j++) { // the late reply comes in between
                    int number = i * 50 + j;
                    assertEquals(
                            number * 0.5,
                            patiently(() -> other.stub().primitive(number)).doubleValue());
                }
            }
            List<CompletableFuture<Double>> all = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                int value = i;
                all.add(other.async(o -> o.primitive(value))); // takes every slot there is
            }
            for (int i = 0; i < SLOTS; i++) {
                int value = i;
                assertEquals(
                        value * 0.5,
                        patiently(() -> {
                                    try {
                                        return Threads.get(all.get(value), LIMIT);
                                    } catch (CallTimeoutException late) {
                                        return other.stub().primitive(value);
                                    }
                                })
                                .doubleValue());
            }
        }
    }

    @Test
    void aFutureIsGivenUpToo() throws Exception {
        try (RemoteObject<Ledger> slow = ledger(workers(), 1)) {
            for (int i = 0; i < 2 * SLOTS; i++) {
                int value = i;
                CompletableFuture<Integer> future = slow.async(o -> o.blocking(500, value));
                assertThrows(CallTimeoutException.class, () -> Threads.get(future, LIMIT));
            }
        }
    }

    @Test
    void closingWaitsForNoCallThatWasGivenUpAndHasEnded() throws Exception {
        Duration drain = Duration.ofSeconds(30);
        long beganNs = System.nanoTime();
        try (RemoteExecutor workers =
                open(settings().callTimeout(Duration.ofMillis(150)).drainTimeout(drain))) {
            RemoteObject<Ledger> slow = ledger(workers, 1);
            assertThrows(CallTimeoutException.class, () -> slow.stub().blocking(500, 1));
        }
        assertTrue(System.nanoTime() - beganNs < drain.toNanos(), "nobody polled for its late outcome");
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void aCallIsGivenUpInTimeWhateverElseGoesOn(WaitStrategy strategy) throws Exception {
        OutriderBuilder settings = settings()
                .callTimeout(Duration.ofMillis(200))
                .waitStrategy(strategy)
                .maxInFlight(64);
        AtomicBoolean stop = new AtomicBoolean();
        try (RemoteExecutor workers = open(settings);
                RemoteObject<Ledger> slow = ledger(workers, 1);
                RemoteObject<Ledger> busy = ledger(workers, 2);
                Threads threads = new Threads()) {
            for (int t = 0; t < 2; t++) { // keep replies coming
                threads.start(() -> {
                    for (int i = 0; !stop.get(); i++) {
                        try {
                            assertEquals(i * 0.5, busy.stub().primitive(i));
                        } catch (CallTimeoutException slowMachine) {
                            assertTrue(slowMachine.getMessage().contains("primitive"), slowMachine::getMessage);
                        }
                    }
                });
            }
            try {
                for (int i = 0; i < 2; i++) {
                    // Much longer than the timeout: a call that is given up only when its reply comes would return.
                    assertThrows(CallTimeoutException.class, () -> slow.stub().blocking(1_500, 1));
                }
            } finally {
                stop.set(true);
            }
            threads.join(LIMIT);
        }
    }

    @Test
    void noRoomIsSaidAfterTheTimeoutForIt() throws Exception {
        OutriderBuilder settings = settings()
                .maxInFlight(2)
                .drainTimeout(Duration.ofMillis(100))
                .backPressureTimeout(Duration.ofMillis(100));
        try (RemoteExecutor workers = open(settings);
                RemoteObject<Ledger> slow = ledger(workers, 1);
                RemoteObject<Ledger> other = ledger(workers, 2)) {
            CompletableFuture<Integer> first = slow.async(o -> o.untilReleased(1));
            CompletableFuture<Integer> second = other.async(o -> o.untilReleased(2));
            for (int i = 0; i < 3; i++) {
                BackPressureException full = assertThrows(
                        BackPressureException.class, () -> other.stub().primitive(1));
                assertTrue(full.getMessage().contains("maxInFlight"), full::getMessage);
                assertThrows(BackPressureException.class, () -> other.async(o -> o.primitive(1)));
            }
            workers.close();
            assertThrows(Exception.class, () -> Threads.get(first, LIMIT));
            assertThrows(Exception.class, () -> Threads.get(second, LIMIT));
        }
    }
}

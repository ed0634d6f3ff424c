package io.outrider.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.BackPressure;
import io.outrider.config.OnStuck;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling a future cancels its call, and interrupting a caller does; neither harms anything else. */
@Timeout(60)
class CancelTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration FREE_WITHIN = Duration.ofMillis(500);
    private static final int SLOTS = 8;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.maxInFlight(SLOTS).backPressureTimeout(LIMIT);
    }

    private RemoteObject<Patient> patient() {
        return workers().create(Patient.class, Patient.Real::new);
    }

    private static void awaitBegun(RemoteObject<Patient> object, RemoteObject<Patient> spy, int count) {
        new Await(LIMIT).until("the call has begun", () -> spy.stub().begun() == count);
        assertEquals(object.workerId(), spy.workerId());
    }

    private RemoteObject<Patient> concurrent() {
        return workers().create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.concurrent(4));
    }

    @Test
    void aRunningCallIsInterruptedAndItsThreadFreeSoon() throws Exception {
        try (RemoteObject<Patient> object = concurrent()) {
            Duration soonest = LIMIT;
            for (int i = 1; i <= 3; i++) {
                CompletableFuture<Integer> running = object.async(o -> o.sleep(60_000, 1));
                awaitBegun(object, object, i);
                long cancelledNs = System.nanoTime();
                assertTrue(running.cancel(true));
                int expected = i;
                new Await(LIMIT)
                        .until("the method was interrupted", () -> object.stub().interrupts() == expected);
                Duration after = Duration.ofNanos(System.nanoTime() - cancelledNs);
                soonest = after.compareTo(soonest) < 0 ? after : soonest;
                assertThrows(CancellationException.class, running::join);
            }
            Duration best = soonest;
            assertTrue(soonest.compareTo(FREE_WITHIN) <= 0, () -> "free after " + best);
        }
    }

    @Test
    void aCallThatTheLeaderRunsIsInterruptedToo() throws Exception {
        try (RemoteObject<Patient> object = patient();
                RemoteObject<Patient> other = patient()) {
            for (int i = 1; i <= 5; i++) {
                CompletableFuture<Integer> running = object.async(o -> o.sleep(60_000, 1));
                assertEquals(i, other.stub().answer(i)); // by another leader, so the first call has begun
                assertTrue(running.cancel(true));
                assertEquals(i, object.stub().interrupts());
                assertFalse(object.stub().isInterrupted());
                assertFalse(other.stub().isInterrupted());
            }
        }
    }

    @Test
    void aQueuedCallNeverRuns() throws Exception {
        try (RemoteObject<Patient> object = patient()) {
            CompletableFuture<Integer> running = object.async(o -> o.sleepBlocking(400, 1));
            CompletableFuture<Integer> gently = object.async(o -> o.sleep(60_000, 2));
            CompletableFuture<Integer> firmly = object.async(o -> o.sleepBlocking(60_000, 3));
            CompletableFuture<Integer> last = object.async(o -> o.answer(4));
            assertTrue(gently.cancel(false));
            assertTrue(firmly.cancel(true));
            assertEquals(1, Threads.get(running, LIMIT));
            assertEquals(4, Threads.get(last, LIMIT));
            assertEquals(1, object.stub().begun());
            assertEquals(0, object.stub().interrupts());
            assertFalse(last.cancel(true), "it has its outcome");
        }
    }

    @Test
    void aTaskIsCancelledLikeACall() throws Exception {
        CompletableFuture<Integer> running = workers().submit(() -> new Patient.Real().sleep(60_000, 1));
        CompletableFuture<Integer> queued = workers().submit(() -> new Patient.Real().sleep(60_000, 2));
        assertTrue(queued.cancel(true));
        assertTrue(running.cancel(true));
        assertEquals(3, Threads.get(workers().submit(() -> 3), LIMIT));
    }

    @Test
    void cancelWithoutInterruptLetsARunningMethodEnd() throws Exception {
        try (RemoteObject<Patient> object = concurrent()) {
            CompletableFuture<Integer> running = object.async(o -> o.sleep(300, 1));
            awaitBegun(object, object, 1);
            assertTrue(running.cancel(false));
            assertThrows(CancellationException.class, running::join);
            workers().submit(() -> 1).join();
            assertEquals(0, object.stub().interrupts());
        }
        allSlotsAreFree();
    }

    @Test
    void atRandomItInterruptsNothingElse() throws Exception {
        Random random = new Random(5);
        try (RemoteObject<Patient> object = patient();
                RemoteObject<Patient> blocking = patient();
                RemoteObject<Patient> other = patient()) {
            for (int i = 0; i < 300; i++) {
                int ms = random.nextInt(6);
                CompletableFuture<Integer> one = object.async(o -> o.sleep(ms, 1));
                CompletableFuture<Integer> two = blocking.async(o -> o.sleepBlocking(ms, 2));
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(6_000)));
                one.cancel(true);
                two.cancel(true);
                assertEquals(i, other.stub().answer(i));
                assertFalse(other.stub().isInterrupted());
                assertFalse(object.stub().isInterrupted());
                assertFalse(blocking.stub().isInterrupted());
            }
        }
        allSlotsAreFree();
    }

    @Test
    void aCallerThatIsInterruptedHasItsMethodInterrupted() throws Exception {
        try (RemoteObject<Patient> object = concurrent();
                Threads threads = new Threads()) {
            AtomicReference<Thread> caller = new AtomicReference<>();
            threads.start(() -> {
                caller.set(Thread.currentThread());
                assertThrows(CallInterruptedException.class, () -> object.stub().sleep(60_000, 1));
                assertTrue(Thread.interrupted(), "the status was kept");
            });
            awaitBegun(object, object, 1);
            caller.get().interrupt();
            threads.join(LIMIT);
            new Await(LIMIT)
                    .until("the method was interrupted", () -> object.stub().interrupts() == 1);
        }
    }

    @Test
    void aCallerThatWaitsForASlotEndsAtOnceWhenInterrupted() throws Exception {
        try (RemoteObject<Patient> object = concurrent();
                Threads threads = new Threads()) {
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                all.add(object.async(o -> o.sleepBlocking(60_000, 1)));
            }
            AtomicReference<Thread> caller = new AtomicReference<>();
            threads.start(() -> {
                caller.set(Thread.currentThread());
                CallInterruptedException told = assertThrows(
                        CallInterruptedException.class, () -> object.stub().answer(1));
                assertTrue(told.getMessage().contains("answer"), told::getMessage);
            });
            new Await(LIMIT)
                    .until(
                            "the caller waits",
                            () -> caller.get() != null
                                    && List.of(Thread.State.TIMED_WAITING, Thread.State.RUNNABLE)
                                            .contains(caller.get().getState()));
            caller.get().interrupt();
            threads.join(Duration.ofSeconds(10)); // much less than the time for room
            all.forEach(each -> assertTrue(each.cancel(true)));
            assertEquals(0, object.stub().answer(0));
        }
    }

    @Test
    void whereSoConfiguredThereIsNoWaitForRoom() throws Exception {
        try (RemoteExecutor own = open(settings()
                        .maxInFlight(2)
                        .backPressure(BackPressure.REJECT)
                        .backPressureTimeout(LIMIT));
                RemoteObject<Patient> object = own.create(Patient.class, Patient.Real::new)) {
            CompletableFuture<Integer> one = object.async(o -> o.sleepBlocking(60_000, 1));
            CompletableFuture<Integer> two = object.async(o -> o.sleepBlocking(60_000, 1));
            BackPressureException full = assertThrows(
                    BackPressureException.class, () -> object.stub().answer(1));
            assertTrue(full.getMessage().contains("REJECT"), full::getMessage);
            one.cancel(true);
            two.cancel(true);
            new Await(LIMIT).until("room", () -> {
                try {
                    return object.stub().answer(1) == 1;
                } catch (BackPressureException still) {
                    return false;
                }
            });
        }
        try (RemoteExecutor own = open(settings()
                        .maxInFlight(1)
                        .backPressure(BackPressure.BLOCK)
                        .backPressureTimeout(Duration.ofMillis(20)));
                RemoteObject<Patient> object = own.create(Patient.class, Patient.Real::new)) {
            CompletableFuture<Integer> first = object.async(o -> o.sleepBlocking(300, 1));
            assertEquals(2, object.stub().answer(2), "it waited as long as it took");
            assertEquals(1, Threads.get(first, LIMIT));
            whoBlocksWaitsForAWorkerThatIsStopped(own, object);
            try (RemoteObject<Asker> asker = own.create(Asker.class, () -> (other, value) -> other.answer(value))) {
                assertEquals(3, asker.stub().ask(object.stub(), 3), "what is sent along needs no call of those");
            }
        }
    }

    private static void whoBlocksWaitsForAWorkerThatIsStopped(RemoteExecutor own, RemoteObject<Patient> object)
            throws Exception {
        long pid = own.workers().get(0).pid();
        Signals.stop(pid);
        try (Threads threads = new Threads()) {
            CompletableFuture<Integer> sent = object.async(o -> o.answer(4));
            Future<Integer> waiting = threads.start(() -> object.stub().answer(5));
            Patient hasty = object.within(Duration.ofMillis(60)).stub(); // more than the time-out for room
            assertThrows(CallTimeoutException.class, () -> hasty.answer(6));
            assertFalse(sent.isDone() || waiting.isDone());
            Signals.resume(pid);
            assertEquals(4, Threads.get(sent, LIMIT));
            assertEquals(5, Threads.get(waiting, LIMIT));
        } finally {
            Signals.resume(pid);
        }
    }

    @Test
    void aWorkerThatIgnoresItIsEndedWhereSoConfigured() throws Exception {
        try (RemoteExecutor own = open(settings().onStuck(OnStuck.KILL).stuckTimeout(Duration.ofMillis(100)))) {
            RemoteObject<Patient> stuck = own.create(Patient.class, Patient.Real::new);
            RemoteObject<Patient> beside = own.create(Patient.class, Patient.Real::new);
            CompletableFuture<Integer> unlucky = beside.async(o -> o.sleep(60_000, 1));
            CompletableFuture<Integer> spinning = stuck.async(o -> o.spin(60_000, 1));
            assertTrue(spinning.cancel(true));
            WorkerDiedException why = assertThrows(WorkerDiedException.class, () -> Threads.get(unlucky, LIMIT));
            assertTrue(why.getMessage().contains("spin"), why::getMessage);
            assertEquals(137, why.report().exitCode());
        }
    }

    /** Is sent a stub, and calls it. */
    interface Asker {
        int ask(Patient other, int value);
    }

    private void allSlotsAreFree() throws Exception {
        try (RemoteObject<Patient> object = patient()) {
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                all.add(object.async(o -> o.answer(4)));
            }
            for (CompletableFuture<Integer> each : all) {
                assertEquals(4, Threads.get(each, LIMIT));
            }
        }
    }
}

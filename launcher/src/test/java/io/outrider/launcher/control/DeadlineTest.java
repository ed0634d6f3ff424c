package io.outrider.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.CallPipeline;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OnStuck;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call has so long: then its caller is told, the method is interrupted, and nothing of it is left. */
@Timeout(60)
class DeadlineTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int SLOTS = 8;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.maxInFlight(SLOTS);
    }

    private RemoteObject<Patient> patient() {
        return workers().create(Patient.class, Patient.Real::new);
    }

    @Test
    void theCallerIsToldInTimeAndTheMethodIsInterrupted() throws Exception {
        try (RemoteObject<Patient> object = patient()) {
            RemoteObject<Patient> brief = object.within(SHORT);
            Duration soonest = LIMIT;
            int rounds = 4;
            for (int i = 0; i < rounds; i++) {
                int value = i;
                long beganNs = System.nanoTime();
                CallTimeoutException late = assertThrows(CallTimeoutException.class, () -> {
                    if (value % 2 == 0) {
                        brief.stub().sleep(60_000, value);
                    } else {
                        brief.stub().sleepBlocking(60_000, value);
                    }
                });
                Duration after = Duration.ofNanos(System.nanoTime() - beganNs);
                assertTrue(after.compareTo(SHORT) >= 0, () -> after + " is too soon");
                soonest = after.compareTo(soonest) < 0 ? after : soonest;
                assertTrue(late.getMessage().contains("sleep"), late::getMessage);
                assertEquals(i, object.stub().answer(i), "the object is free again");
            }
            Duration bound = SHORT.multipliedBy(12).dividedBy(10).plusMillis(10);
            Duration best = soonest;
            assertTrue(soonest.compareTo(bound) <= 0, () -> best + " is later than " + bound);
            assertEquals(rounds, object.stub().interrupts());
            assertFalse(object.stub().isInterrupted());
            assertEquals(7, object.stub().sleep(300, 7), "the handle itself has no deadline");
            assertThrows(ConfigurationException.class, () -> object.within(Duration.ZERO));
        }
    }

    @Test
    void anObjectHasItsOwnAndTheSettingsAreForTheRest() throws Exception {
        try (RemoteObject<Patient> object =
                workers().create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.within(SHORT))) {
            assertThrows(CallTimeoutException.class, () -> object.stub().sleep(60_000, 1));
            assertEquals(2, object.within(LIMIT).stub().sleep(300, 2), "a call can have longer than its object says");
        }
        try (RemoteExecutor own = open(settings().callTimeout(SHORT));
                RemoteObject<Patient> object = own.create(Patient.class, Patient.Real::new)) {
            assertThrows(CallTimeoutException.class, () -> object.stub().sleep(60_000, 1));
            CompletableFuture<Integer> task = own.submit(() -> new Patient.Real().sleep(60_000, 1));
            assertThrows(CallTimeoutException.class, () -> Threads.get(task, LIMIT));
            assertEquals(1, Threads.get(own.submit(() -> 1), LIMIT), "the worker takes tasks again");
        }
    }

    @Test
    void whatWaitsBehindAnotherUntilItsDeadlineNeverRuns() throws Exception {
        try (RemoteObject<Patient> object = patient()) {
            CompletableFuture<Integer> first = object.async(o -> o.sleepBlocking(600, 1));
            RemoteObject<Patient> brief = object.within(Duration.ofMillis(50));
            CompletableFuture<Integer> second = brief.async(o -> o.sleep(60_000, 2));
            assertThrows(CallTimeoutException.class, () -> brief.stub().sleep(60_000, 3));
            assertThrows(CallTimeoutException.class, () -> Threads.get(second, LIMIT));
            assertFalse(first.isDone());
            assertEquals(1, Threads.get(first, LIMIT));
            assertEquals(1, object.stub().begun());
            assertEquals(0, object.stub().interrupts());
        }
    }

    @Test
    void futuresAndPipelinesHaveItToo() throws Exception {
        try (RemoteObject<Patient> object = patient()) {
            RemoteObject<Patient> brief = object.within(SHORT);
            CompletableFuture<Integer> future = brief.async(o -> o.sleep(60_000, 1));
            assertThrows(CallTimeoutException.class, () -> Threads.get(future, LIMIT));
            List<OutriderException> failures = new ArrayList<>();
            try (CallPipeline<Patient> pipeline =
                    brief.pipeline(2, (tag, outcome) -> failures.add(outcome.failure()))) {
                pipeline.call(1).sleep(60_000, 1);
            }
            assertInstanceOf(CallTimeoutException.class, failures.get(0));
            assertEquals(2, object.stub().interrupts());
        }
    }

    @Test
    void aStageThatIsNotCompleteInTimeIsCancelled() throws Exception {
        try (RemoteObject<Patient> object = patient()) {
            CompletableFuture<Integer> stage = object.within(SHORT).stub().never();
            assertThrows(CallTimeoutException.class, () -> Threads.get(stage, LIMIT));
            new Await(LIMIT).until("the stage is cancelled", () -> object.stub().cancelledStages() == 1);
            CompletableFuture<Integer> other = object.stub().never();
            assertTrue(other.cancel(true));
            new Await(LIMIT).until("the stage is cancelled", () -> object.stub().cancelledStages() == 2);
        }
    }

    @Test
    void aThousandLeaveNothing() throws Exception {
        try (RemoteObject<Patient> late =
                        workers().create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.concurrent(SLOTS));
                RemoteObject<Patient> other = patient();
                Threads threads = new Threads()) {
            int callers = 4;
            for (int t = 0; t < callers; t++) {
                int first = t * 1_000;
                RemoteObject<Patient> brief = late.within(Duration.ofMillis(1 + t));
                threads.start(() -> {
                    for (int i = 0; i < 1_000 / callers; i++) {
                        assertThrows(
                                CallTimeoutException.class, () -> brief.stub().sleepBlocking(60_000, 1));
                        assertEquals(first + i, other.stub().answer(first + i), "no late reply answers another call");
                    }
                });
            }
            threads.join(LIMIT);
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) { // takes every slot there is
                int value = i;
                all.add(other.async(o -> o.sleep(1, value)));
            }
            for (int i = 0; i < SLOTS; i++) {
                assertEquals(i, Threads.get(all.get(i), LIMIT));
            }
            assertEquals(late.stub().begun(), late.stub().interrupts(), "what had begun was interrupted");
        }
    }

    @Test
    void aWorkerThatIgnoresItIsEndedWhereSoConfigured() throws Exception {
        try (RemoteExecutor own =
                open(settings().workers(2).onStuck(OnStuck.KILL).stuckTimeout(Duration.ofMillis(100)))) {
            RemoteObject<Patient> stuck = own.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(0));
            RemoteObject<Patient> beside = own.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(0));
            RemoteObject<Patient> elsewhere = own.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(1));
            CompletableFuture<Integer> unlucky = beside.async(o -> o.sleep(60_000, 1));
            CompletableFuture<Integer> other = elsewhere.async(o -> o.sleep(1_000, 5));
            assertThrows(
                    CallTimeoutException.class, () -> stuck.within(SHORT).stub().spin(60_000, 1));
            WorkerDiedException why = assertThrows(WorkerDiedException.class, () -> Threads.get(unlucky, LIMIT));
            assertTrue(why.getMessage().contains("spin") && why.getMessage().contains("interrupted"), why::getMessage);
            assertEquals(5, Threads.get(other, LIMIT), "the other worker did not notice");
        }
    }

    @Test
    void aMethodThatIgnoresItIsLeftAloneOtherwise() throws Exception {
        try (RemoteObject<Patient> object = patient();
                RemoteObject<Patient> other = patient()) {
            assertThrows(
                    CallTimeoutException.class,
                    () -> object.within(Duration.ofMillis(50)).stub().spin(400, 1));
            assertEquals(3, other.stub().answer(3));
            new Await(LIMIT).until("the object is free", () -> object.stub().answer(4) == 4);
        }
    }
}

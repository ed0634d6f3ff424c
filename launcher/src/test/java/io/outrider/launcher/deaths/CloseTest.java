package io.outrider.launcher.deaths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing is bounded and complete whatever goes on, and may be done twice and by many. */
@Timeout(60)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@ExtendWith(LeavesNothingBehind.class)
class CloseTest {
    @Parameter
    private String transport;

    private OutriderBuilder hasty() {
        return SmallWorkers.on(transport).drainTimeout(Duration.ofMillis(300)).killTimeout(Duration.ofMillis(700));
    }

    @Test
    void callsThatHaveBegunEndFirst() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on(transport));
        RemoteObject<Victim> object = workers.create(Victim.class, Victim.Real::new);
        CompletableFuture<Integer> known = object.async(v -> v.sleep(400));
        CompletableFuture<Integer> behind = object.async(v -> v.answer(9));
        workers.close();
        assertEquals(Integer.valueOf(0), Threads.get(known, Deaths.LIMIT));
        assertEquals(Integer.valueOf(9), Threads.get(behind, Deaths.LIMIT));
        assertThrows(ClosedException.class, () -> object.stub().answer(1));
    }

    @Test
    void callsThatDoNotEndFailAndTheWorkerGoes() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(hasty());
        RemoteObject<Victim> object = workers.create(Victim.class, Victim.Real::new);
        RemoteObject<Victim> second = workers.create(Victim.class, Victim.Real::new);
        long pid = object.stub().pid();
        try (Threads threads = new Threads()) {
            CompletableFuture<Integer> spinning = object.async(Victim::spin);
            threads.start(() -> assertEnded(() -> second.stub().ignoreInterrupts()));
            threads.start(() -> assertEnded(() -> Threads.get(spinning, Deaths.LIMIT)));
            CompletableFuture<Integer> future = object.async(v -> v.answer(1));
            assertEquals(
                    1, workers.create(Victim.class, Victim.Real::new).stub().answer(1));
            workers.close();
            OutriderException failed = assertThrows(OutriderException.class, () -> Threads.get(future, Deaths.LIMIT));
            assertTrue(failed instanceof ClosedException || failed instanceof WorkerDiedException, failed::toString);
            threads.join(Deaths.LIMIT);
        }
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), "no process is left");
    }

    private static void assertEnded(Threads.Step call) {
        OutriderException failed = assertThrows(OutriderException.class, call::run);
        assertTrue(failed instanceof ClosedException || failed instanceof WorkerDiedException, failed::toString);
    }

    @Test
    void twiceAndByMany() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on(transport).workers(2));
        RemoteObject<Victim> object = workers.create(Victim.class, Victim.Real::new);
        long pid = object.stub().pid();
        AtomicInteger answered = new AtomicInteger();
        try (Threads threads = new Threads()) {
            for (int t = 0; t < 3; t++) {
                threads.start(() -> {
                    OutriderException end = assertThrows(OutriderException.class, () -> {
                        while (true) {
                            object.stub().answer(answered.incrementAndGet());
                        }
                    });
                    assertInstanceOf(ClosedException.class, end);
                });
            }
            new Await(Deaths.LIMIT).until("callers under way", () -> answered.get() > 200);
            for (int t = 0; t < 4; t++) {
                threads.start(() -> {
                    workers.close();
                    assertFalse(
                            ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false),
                            "each returns when it is done");
                });
            }
            threads.join(Deaths.LIMIT);
        }
        workers.close();
        object.close();
    }

    @Test
    void aStoppedWorkerDoesNotHoldItUp() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(hasty().workers(2));
        RemoteObject<Victim> object = workers.create(Victim.class, Victim.Real::new);
        long pid = object.stub().pid();
        Signals.stop(pid);
        CompletableFuture<Integer> future = object.async(v -> v.answer(1));
        workers.close();
        OutriderException failed = assertThrows(OutriderException.class, () -> Threads.get(future, Deaths.LIMIT));
        assertTrue(failed instanceof ClosedException || failed instanceof WorkerDiedException, failed::toString);
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), "no process is left");
    }

    @Test
    void aDeadWorkerDoesNotHoldItUp() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on(transport).workers(2));
        RemoteObject<Victim> object = workers.create(Victim.class, Victim.Real::new);
        Signals.kill(object.stub().pid());
        workers.close(); // at once, beside whoever notices the death
        assertThrows(OutriderException.class, () -> object.stub().answer(1));
    }

    @Test
    void aThreadThatIsInterruptedClosesAllTheSame() {
        RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on(transport));
        RemoteObject<Victim> object = workers.create(Victim.class, Victim.Real::new);
        long pid = object.stub().pid();
        Thread.currentThread().interrupt();
        workers.close();
        assertTrue(Thread.interrupted(), "the status was kept");
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), "no process is left");
    }
}

package io.outrider.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.TaskOptions;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers are replaced when they die, are used up, too old or too large, and let go and brought back when idle. */
@Timeout(90)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@ExtendWith(LeavesNothingBehind.class)
class PoolTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final PoolConfig RESTART = PoolConfig.DEFAULT.restart(RestartPolicy.RESTART);

    @Parameter
    private String transport;

    private OutriderBuilder settings() {
        return SmallWorkers.on(transport).pool(RESTART);
    }

    private static RemoteCallable<Long> pid() {
        return () -> ProcessHandle.current().pid();
    }

    private static RemoteCallable<Long> sleeping(int ms, long value) {
        return () -> {
            TimeUnit.MILLISECONDS.sleep(ms);
            return value;
        };
    }

    private static <R> R get(CompletableFuture<R> future) throws Exception {
        return Threads.get(future, LIMIT);
    }

    @Test
    void aWorkerThatDiesIsReplacedAndOnlyWhatItHadFails() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings().workers(2))) {
            RemoteObject<Patient> lost = workers.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(0));
            RemoteObject<Patient> kept = workers.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(1));
            long pid = lost.stub().pid();
            CompletableFuture<Integer> fails = lost.async(o -> o.sleep(60_000, 1));
            CompletableFuture<Integer> survives = kept.async(o -> o.sleep(500, 2));
            Signals.kill(pid);
            assertInstanceOf(WorkerDiedException.class, assertThrows(OutriderException.class, () -> get(fails)));
            assertEquals(2, get(survives));
            assertNotEquals(pid, get(workers.submit(0, pid())), "a named task waits for the successor");
            assertThrows(WorkerDiedException.class, () -> lost.stub().answer(1));
            RemoteObject<Patient> again = workers.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(0));
            assertEquals(3, again.stub().answer(3));
            WorkerInfo info = workers.workers().get(0);
            assertTrue(info.alive() && info.incarnation() == 2 && info.workerId() == 0, info::toString);
        }
    }

    @Test
    void anObjectIsMadeAgainAndItsHandleGoesOn() throws Exception {
        PoolConfig recreate = RESTART.restart(RestartPolicy.RESTART_AND_RECREATE);
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(recreate));
                Threads threads = new Threads()) {
            RemoteObject<Phoenix> object =
                    workers.create(Phoenix.class, Phoenix.Real::new, ObjectOptions.DEFAULT.concurrent(4));
            Phoenix stub = object.stub();
            long first = stub.pid();
            assertEquals(1, stub.count());
            CompletableFuture<Integer> fails = object.async(o -> o.sleep(60_000));
            Signals.kill(first);
            assertThrows(WorkerDiedException.class, () -> get(fails));
            assertNotEquals(first, stub.pid());
            assertEquals(1, stub.count(), "it is another object, made by the same factory");
            assertEquals(2, object.within(LIMIT).stub().count());
            assertEquals(3, get(object.async(Phoenix::count)));
            CompletableFuture<Long> twice = new CompletableFuture<>();
            threads.start(() -> twice.complete(stub.slowPid(1_500)));
            long second = stub.pid();
            new Await(LIMIT).until("the call runs", () -> stub.running() == 1);
            Signals.kill(second);
            assertNotEquals(second, get(twice), "what may run twice has run again");
            assertEquals(1, stub.running(), "once in this process");
            object.close();
        }
    }

    @Test
    void aFutureThatMayRunTwiceIsRunAgainByTheNextObject() throws Exception {
        PoolConfig recreate = RESTART.restart(RestartPolicy.RESTART_AND_RECREATE);
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(recreate))) {
            RemoteObject<Phoenix> object =
                    workers.create(Phoenix.class, Phoenix.Real::new, ObjectOptions.DEFAULT.concurrent(8));
            Phoenix stub = object.stub();
            long first = stub.pid();
            CompletableFuture<Long> again = object.async(o -> o.slowPid(1_000));
            CompletableFuture<Long> deferred = stub.latePid(1_000);
            CompletableFuture<Integer> large = object.async(o -> o.slowLength(new byte[1 << 20], 60_000));
            CompletableFuture<Integer> once = object.async(o -> o.sleep(60_000));
            CompletableFuture<Long> hasty =
                    object.within(Duration.ofMillis(900)).async(o -> o.slowPid(60_000));
            CompletableFuture<Long> cancelled = object.async(o -> o.slowPid(60_000));
            new Await(LIMIT).until("all run", () -> stub.running() == 5);
            Signals.kill(first);
            assertThrows(WorkerDiedException.class, () -> get(once), "nothing else is ever retried");
            assertThrows(WorkerDiedException.class, () -> get(large), "its block went with the worker");
            assertNotEquals(first, get(again));
            assertEquals(stub.pid(), get(deferred));
            assertTrue(stub.running() >= 3, "the one to be cancelled is among them");
            assertTrue(cancelled.cancel(true));
            assertThrows(CallTimeoutException.class, () -> get(hasty));
            assertEquals(1, stub.count(), "a call that was not sent twice");
        }
    }

    @Test
    void whatHasBegunIsNotRunTwiceUnlessItMay() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings().workers(1))) {
            long first = get(workers.submit(pid()));
            CompletableFuture<Long> once = workers.submit(sleeping(60_000, 1));
            CompletableFuture<Long> waits = workers.submit(pid());
            Signals.kill(first);
            assertThrows(WorkerDiedException.class, () -> get(once));
            long second = get(waits);
            assertNotEquals(first, second, "it had not begun");
            CompletableFuture<Long> twice = workers.submit(TaskOptions.DEFAULT.mayRunTwice(), sleeping(300, 5));
            Signals.kill(second);
            assertEquals(5, get(twice));
        }
    }

    @Test
    void aWorkerIsReplacedAfterSoManyTasks() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(RESTART.maxTasks(3)))) {
            List<Long> pids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                pids.add(get(workers.submit(pid())));
            }
            assertEquals(pids.get(0), pids.get(1));
            assertEquals(pids.get(0), pids.get(2));
            assertNotEquals(pids.get(0), pids.get(3));
        }
    }

    @Test
    void aHundredTasksOnThreeWorkersOfTenEach() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings().workers(3).pool(RESTART.maxTasks(10)))) {
            Set<Long> before = new HashSet<>(
                    workers.workers().stream().map(WorkerInfo::pid).toList());
            List<CompletableFuture<Long>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(workers.submit(sleeping(1, i)));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(i, get(all.get(i)));
            }
            new Await(LIMIT)
                    .until(
                            "all replaced",
                            () -> workers.workers().stream()
                                    .allMatch(info -> info.alive() && !before.contains(info.pid())));
        }
    }

    @Test
    void aBacklogDeeperThanThePoolIsWorkedOffAndClosingInTheMiddleReturns() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(RESTART.maxTasks(2)))) {
            List<CompletableFuture<Long>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(workers.submit(sleeping(1, i)));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals(i, get(all.get(i)));
            }
        } // while the next one starts
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(RESTART.maxTasks(1)))) {
            get(workers.submit(pid()));
            workers.submit(pid()).cancel(true);
            workers.shutdown(true);
        }
    }
}

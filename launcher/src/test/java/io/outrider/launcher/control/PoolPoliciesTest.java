package io.outrider.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteExecutorService;
import io.outrider.api.RemoteObject;
import io.outrider.api.TaskOptions;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.error.CallRejectedException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** When workers are not replaced any more, when they are let go, and what may not run any more; that is the same on each transport. */
@Timeout(90)
@ExtendWith(LeavesNothingBehind.class)
class PoolPoliciesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final PoolConfig RESTART = PoolConfig.DEFAULT.restart(RestartPolicy.RESTART);

    private OutriderBuilder settings() {
        return SmallWorkers.on("ring").pool(RESTART);
    }

    private static RemoteCallable<Long> pid() {
        return () -> ProcessHandle.current().pid();
    }

    private static RemoteCallable<Long> halting() {
        return () -> {
            Runtime.getRuntime().halt(7);
            return 0L;
        };
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
    void aCrashLoopEndsWithTheLastCause() throws Exception {
        PoolConfig few = RESTART.restartBudget(2, Duration.ofMinutes(5)).quarantineAfter(100);
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(few))) {
            List<CompletableFuture<Long>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(workers.submit(halting()));
            }
            Set<Throwable> causes = new HashSet<>();
            for (CompletableFuture<Long> each : all) {
                WorkerDiedException died = assertThrows(WorkerDiedException.class, () -> get(each));
                assertEquals(7, died.report().exitCode());
                assertTrue(died.getStackTrace().length < 60, "its trace does not grow");
                causes.add(died);
            }
            assertEquals(all.size(), causes.size(), "each has an exception of its own");
            assertThrows(WorkerDiedException.class, () -> workers.submit(pid()));
            assertThrows(WorkerDiedException.class, () -> workers.create(Patient.class, Patient.Real::new));
            assertFalse(workers.workers().get(0).alive());
        }
    }

    @Test
    void aTaskThatKillsWorkersIsPutInQuarantine() throws Exception {
        try (RemoteExecutor workers =
                SmallWorkers.open(settings().pool(RESTART.quarantineAfter(2).restartBudget(10, LIMIT)))) {
            CompletableFuture<Long> twice = workers.submit(TaskOptions.DEFAULT.mayRunTwice(), halting());
            CallRejectedException refused = assertThrows(CallRejectedException.class, () -> get(twice));
            assertTrue(refused.getMessage().contains("quarantine"), refused::getMessage);
            assertEquals(1, get(workers.submit(sleeping(1, 1))), "others go on");
        }
    }

    @Test
    void whatCarriesATaskIsNotWhatIsPutInQuarantine() throws Exception {
        try (RemoteExecutor workers =
                SmallWorkers.open(settings().pool(RESTART.quarantineAfter(1).restartBudget(10, LIMIT)))) {
            RemoteExecutorService service = workers.asExecutorService();
            Future<Long> killing = service.submit((Callable<Long> & Serializable) () -> {
                Runtime.getRuntime().halt(7);
                return 0L;
            });
            assertThrows(ExecutionException.class, () -> killing.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            Future<Integer> other = service.submit((Callable<Integer> & Serializable) () -> 1);
            assertEquals(1, other.get(LIMIT.toSeconds(), TimeUnit.SECONDS), "others go on");
        }
    }

    @Test
    void aWorkerThatIsTooOldOrTooLargeIsReplacedUnlessItHoldsObjects() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(RESTART.maxAge(Duration.ofMillis(700))))) {
            RemoteObject<Patient> object = workers.create(Patient.class, Patient.Real::new);
            long pid = object.stub().pid();
            assertEquals(1, object.stub().sleep(1_000, 1));
            assertEquals(pid, object.stub().pid(), "nothing is lost");
            object.close();
            new Await(LIMIT)
                    .until(
                            "replaced",
                            () -> workers.workers().get(0).alive()
                                    && workers.workers().get(0).pid() != pid);
        }
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(RESTART.maxMemory(1_000_000)))) {
            long pid = workers.workers().get(0).pid();
            new Await(LIMIT)
                    .until(
                            "replaced",
                            () -> workers.workers().get(0).alive()
                                    && workers.workers().get(0).pid() != pid);
        }
    }

    @Test
    void anIdleWorkerIsLetGoAndComesBack() throws Exception {
        try (RemoteExecutor workers =
                SmallWorkers.open(settings().workers(2).pool(RESTART.idleTimeout(Duration.ofMillis(300))))) {
            RemoteObject<Patient> holds = workers.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(1));
            new Await(LIMIT).until("let go", () -> !workers.workers().get(0).alive());
            assertEquals(4, holds.stub().answer(4), "who holds an object stays");
            List<CompletableFuture<Long>> both = List.of(workers.submit(sleeping(60_000, 1)), workers.submit(pid()));
            assertNotEquals(workers.workers().get(1).pid(), get(both.get(1)), "back on demand, since one is busy");
            both.get(0).cancel(true);
        }
    }

    @Test
    void aSpareTakesThePlaceOfTheDead() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings().spares(1))) {
            workers.addWorker(); // waits for a spare, and another one is started
            long pid = workers.workers().get(0).pid();
            Signals.kill(pid);
            new Await(LIMIT)
                    .until(
                            "replaced",
                            () -> workers.workers().get(0).alive()
                                    && workers.workers().get(0).pid() != pid);
            RemoteObject<Patient> object =
                    workers.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(0));
            RemoteObject<Patient> beside =
                    workers.create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.on(object.workerId()));
            assertEquals(object.stub().pid(), beside.stub().pid());
            assertNotSame(object, beside);
        }
    }
}

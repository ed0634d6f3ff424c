package io.outrider.launcher.deaths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.deaths.Deaths.Bystander;
import io.outrider.launcher.deaths.Deaths.Pending;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker dies: who waits for it learns of it at once and of what, its files go, and other workers do not notice. */
@Timeout(60)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@ExtendWith(LeavesNothingBehind.class)
class KilledWorkerTest {
    private static final int MB = 1024 * 1024;

    @Parameter
    private String transport;

    private RemoteExecutor workers;
    private RemoteObject<Victim> victim;
    private RemoteObject<Victim> other;
    private long pid;

    @BeforeEach
    void start() {
        workers = SmallWorkers.open(SmallWorkers.on(transport).workers(2));
        victim = workers.create(Victim.class, Victim.Real::new, ObjectOptions.DEFAULT.on(0));
        other = workers.create(Victim.class, Victim.Real::new, ObjectOptions.DEFAULT.on(1));
        pid = victim.stub().pid();
    }

    @AfterEach
    void end() {
        workers.close();
    }

    @Test
    void killedWhileIdle() throws Exception {
        try (Bystander bystander = new Bystander(other)) {
            bystander.goesOn();
            victim.stub().say("last words of the idle");
            Signals.kill(pid);
            awaitNoticed("killed while idle");
            WorkerDiedException died =
                    assertThrows(WorkerDiedException.class, () -> victim.stub().answer(1));
            Deaths.assertReport(died, 0, pid, Deaths.KILLED);
            Deaths.assertStderr(died, "last words of the idle");
            assertThrows(WorkerDiedException.class, () -> Threads.get(victim.async(v -> v.answer(1)), Deaths.LIMIT));
            assertThrows(
                    WorkerDiedException.class,
                    () -> workers.create(Victim.class, Victim.Real::new, ObjectOptions.DEFAULT.on(0)));
            assertThrows(WorkerDiedException.class, () -> Threads.get(workers.submit(0, () -> 1), Deaths.LIMIT));
            assertEquals(1, workers.create(Victim.class, Victim.Real::new).workerId(), "the living one is chosen");
            bystander.goesOn();
        }
        victim.close();
        victim.close();
        assertFilesGone();
    }

    @Test
    void killedDuringCalls() throws Exception {
        try (Bystander bystander = new Bystander(other);
                Threads threads = new Threads()) {
            bystander.goesOn();
            victim.stub().say("last words during calls");
            List<Pending> pending = new ArrayList<>();
            pending.add(Pending.of(victim.async(v -> v.sleep(60_000))));
            pending.add(Pending.of(threads, () -> victim.stub().sleepUnknown(60_000)));
            pending.add(Pending.of(threads, () -> victim.stub().answer(1)));
            for (int i = 0; i < 10; i++) {
                pending.add(Pending.of(victim.async(v -> v.answer(1))));
            }
            pending.add(Pending.of(workers.submit(0, () -> new Victim.Real().sleep(60_000))));
            RemoteObject<Victim> second = workers.create(Victim.class, Victim.Real::new, ObjectOptions.DEFAULT.on(0));
            pending.add(Pending.of(threads, () -> second.stub().sleepUnknown(60_000)));
            assertEquals(
                    7,
                    workers.create(Victim.class, Victim.Real::new, ObjectOptions.DEFAULT.on(0))
                            .stub()
                            .answer(7));
            assertTrue(pending.stream().noneMatch(Pending::isDone));
            long killedAtNs = System.nanoTime();
            Signals.kill(pid);
            Duration longest = Duration.ZERO;
            for (Pending each : pending) {
                Duration after = each.after(killedAtNs);
                longest = after.compareTo(longest) > 0 ? after : longest;
                Deaths.assertReport(each.failure(), 0, pid, Deaths.KILLED);
                Deaths.assertStderr(each.failure(), "last words during calls");
            }
            Set<Throwable> failures = Collections.newSetFromMap(new IdentityHashMap<>());
            for (Pending each : pending) {
                failures.add(each.failure());
                assertTrue(each.failure().getStackTrace().length < 100, "no trace grows");
                assertTrue(each.failure().getSuppressed().length <= 1, "nor what it says beside");
            }
            assertEquals(pending.size(), failures.size(), "each has an exception of its own");
            System.out.println(transport + ": killed during calls: unnoticed for at most " + longest.toMillis()
                    + " ms by " + pending.size() + " calls");
            assertEquals(
                    pending.size(),
                    pending.stream().map(each -> failure(each)).distinct().count());
            assertTrue(
                    pending.get(0).failure().report().lastCall() != null,
                    () -> failure(pending.get(0)).getMessage());
            bystander.goesOn();
        }
        assertFilesGone();
    }

    private static WorkerDiedException failure(Pending pending) {
        try {
            return pending.failure();
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void killedWhileMuchIsBeingWritten() throws Exception {
        try (Bystander bystander = new Bystander(other);
                Threads threads = new Threads()) {
            bystander.goesOn();
            for (int t = 0; t < 2; t++) { // writers that are in the middle of it whenever the kill comes
                threads.start(() -> {
                    byte[] large = new byte[MB];
                    assertThrows(WorkerDiedException.class, () -> {
                        while (true) {
                            assertEquals(MB, victim.stub().take(large));
                        }
                    });
                });
            }
            List<Pending> pending = new ArrayList<>();
            pending.add(Pending.of(threads, () -> victim.stub().sleep(60_000)));
            for (int i = 0; i < 10; i++) {
                byte[] large = new byte[MB];
                pending.add(Pending.of(threads, () -> {
                    while (true) {
                        assertEquals(MB, victim.stub().take(large));
                    }
                }));
            }
            long killedAtNs = System.nanoTime();
            Signals.kill(pid);
            Duration longest = Duration.ZERO;
            for (Pending each : pending) {
                Duration after = each.after(killedAtNs);
                longest = after.compareTo(longest) > 0 ? after : longest;
                Deaths.assertReport(each.failure(), 0, pid, Deaths.KILLED);
            }
            System.out.println(transport + ": killed while 10 x 1 MiB were written: unnoticed for at most "
                    + longest.toMillis() + " ms");
            threads.join(Deaths.LIMIT);
            bystander.goesOn();
        }
        assertFilesGone();
    }

    @Test
    void exitAndHaltInUserCodeGiveTheirCodes() throws Exception {
        RemoteObject<Victim> exiting = other;
        long otherPid = other.stub().pid();
        victim.stub().say("about to exit");
        WorkerDiedException exited =
                assertThrows(WorkerDiedException.class, () -> victim.stub().exit(3));
        Deaths.assertReport(exited, 0, pid, 3);
        Deaths.assertStderr(exited, "about to exit");
        assertTrue(
                exited.report().lastCall() == null || exited.report().lastCall().contains("exit"), exited::getMessage);
        assertEquals(5, other.stub().answer(5));
        exiting.stub().say("about to halt");
        WorkerDiedException halted = assertThrows(
                WorkerDiedException.class,
                () -> Threads.get(
                        exiting.async(v -> {
                            v.halt(4);
                            return null;
                        }),
                        Deaths.LIMIT));
        Deaths.assertReport(halted, 1, otherPid, 4);
        Deaths.assertStderr(halted, "about to halt");
        assertThrows(WorkerDiedException.class, () -> workers.create(Victim.class, Victim.Real::new));
        assertFilesGone();
    }

    @Test
    void stoppedForThreeSecondsIsSlowAndNeverDead() throws Exception {
        try (Bystander bystander = new Bystander(other);
                Threads threads = new Threads()) {
            bystander.goesOn();
            long stoppedAtNs = System.nanoTime();
            Signals.stop(pid);
            try {
                threads.start(() -> assertEquals(3, victim.stub().answer(3)));
                var future = victim.async(v -> v.answer(4));
                Await await = new Await(Deaths.LIMIT);
                await.until(
                        "three seconds",
                        () -> System.nanoTime() - stoppedAtNs
                                > Duration.ofSeconds(3).toNanos());
                assertFalse(future.isDone());
                assertTrue(workers.workers().get(0).alive());
                bystander.goesOn();
                Signals.resume(pid);
                assertEquals(Integer.valueOf(4), Threads.get(future, Deaths.LIMIT));
            } finally {
                Signals.resume(pid);
            }
            threads.join(Deaths.LIMIT);
            assertEquals(pid, victim.stub().pid());
            assertTrue(workers.workers().get(0).alive());
        }
    }

    private void awaitNoticed(String how) {
        long killedAtNs = System.nanoTime();
        new Await(Deaths.BOUND)
                .until("the death noticed", () -> !workers.workers().get(0).alive());
        System.out.println(
                transport + ": " + how + ": unnoticed for " + (System.nanoTime() - killedAtNs) / 1_000_000 + " ms");
    }

    /** Those of the dead worker alone: the executor is open still. */
    private static void assertFilesGone() {
        Path base = Path.of("/dev/shm");
        if (!Files.isDirectory(base)) {
            return;
        }
        String own = "/" + ProcessHandle.current().pid() + "-";
        new Await(Deaths.LIMIT).until("the files of worker 0 deleted", () -> {
            try (Stream<Path> files = Files.walk(base)) {
                return files.noneMatch(file -> file.toString().contains(own)
                        && file.getFileName().toString().startsWith("w0-1-"));
            } catch (IOException | java.io.UncheckedIOException changing) {
                return false;
            }
        });
    }
}

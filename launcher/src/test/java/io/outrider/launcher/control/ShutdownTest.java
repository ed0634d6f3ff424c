package io.outrider.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.TaskOptions;
import io.outrider.config.BackPressure;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.PoolConfig;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue of tasks is bounded, and closing an executor always returns, with each task done, cancelled or failed. */
@Timeout(60)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@ExtendWith(LeavesNothingBehind.class)
class ShutdownTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int TASKS = 50;

    @Parameter
    private String transport;

    private OutriderBuilder settings() {
        return SmallWorkers.on(transport).drainTimeout(LIMIT);
    }

    private static RemoteCallable<Integer> sleeping(int ms, int value) {
        return () -> {
            TimeUnit.MILLISECONDS.sleep(ms);
            return value;
        };
    }

    private static List<CompletableFuture<Integer>> fifty(RemoteExecutor workers) {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            all.add(workers.submit(sleeping(100, i)));
        }
        return all;
    }

    @Test
    void cancellingWhatHasNotBegunCompletesTheRest() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(settings().workers(2));
        List<CompletableFuture<Integer>> all = fifty(workers);
        assertEquals(0, Threads.get(all.get(0), LIMIT));
        workers.shutdown(true);
        int cancelled = 0;
        for (int i = 0; i < TASKS; i++) {
            assertTrue(all.get(i).isDone(), "none hangs");
            if (all.get(i).isCancelled()) {
                cancelled++;
            } else {
                assertEquals(i, all.get(i).join());
            }
        }
        assertTrue(cancelled > 20 && cancelled < TASKS, cancelled + " were cancelled");
        assertThrows(ClosedException.class, () -> workers.submit(sleeping(1, 1)));
    }

    @Test
    void withoutCancellingAllComplete() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(settings().workers(2));
        List<CompletableFuture<Integer>> all = fifty(workers);
        workers.shutdown(false);
        for (int i = 0; i < TASKS; i++) {
            assertEquals(i, all.get(i).join());
        }
        workers.shutdown(true);
    }

    @Test
    void aCancelledTaskHoldsNothingUp() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(settings());
        CompletableFuture<Integer> running = workers.submit(sleeping(60_000, 1));
        CompletableFuture<Integer> waiting = workers.submit(sleeping(60_000, 2));
        assertTrue(running.cancel(true));
        assertTrue(waiting.cancel(false));
        long beganNs = System.nanoTime();
        workers.shutdown(false);
        assertTrue(System.nanoTime() - beganNs < TimeUnit.SECONDS.toNanos(20), "much less than the tasks would take");
    }

    @Test
    void whatDoesNotEndInTimeFails() throws Exception {
        RemoteExecutor workers = SmallWorkers.open(
                settings().drainTimeout(Duration.ofMillis(300)).killTimeout(Duration.ofMillis(500)));
        CompletableFuture<Integer> running = workers.submit(() -> new Patient.Real().spin(60_000, 1));
        CompletableFuture<Integer> waiting = workers.submit(sleeping(1, 2));
        Signals.stop(workers.workers().get(0).pid());
        workers.close();
        assertThrows(ClosedException.class, () -> Threads.get(running, LIMIT));
        assertThrows(ClosedException.class, () -> Threads.get(waiting, LIMIT));
    }

    @Test
    void theQueueIsBoundedAndSaysSo() throws Exception {
        PoolConfig two = PoolConfig.DEFAULT.maxQueuedTasks(2);
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(two).backPressure(BackPressure.REJECT))) {
            CompletableFuture<Integer> running = workers.submit(sleeping(60_000, 0));
            CompletableFuture<Integer> first = workers.submit(sleeping(1, 1));
            CompletableFuture<Integer> second = workers.submit(TaskOptions.DEFAULT.within(LIMIT), sleeping(1, 2));
            BackPressureException full =
                    assertThrows(BackPressureException.class, () -> workers.submit(sleeping(1, 3)));
            assertTrue(full.getMessage().contains("maxQueuedTasks"), full::getMessage);
            assertTrue(first.cancel(true), "which makes room");
            CompletableFuture<Integer> brief =
                    workers.submit(TaskOptions.DEFAULT.within(Duration.ofMillis(100)), sleeping(1, 4));
            assertThrows(CallTimeoutException.class, () -> Threads.get(brief, LIMIT));
            Thread here = Thread.currentThread();
            assertThrows(
                    SerializationException.class,
                    () -> workers.submit(() -> here.getName().length()));
            assertThrows(ConfigurationException.class, () -> workers.submit(7, sleeping(1, 5)));
            assertFalse(running.isDone());
            running.cancel(true);
            assertEquals(2, Threads.get(second, LIMIT));
        }
    }

    @Test
    void whoWaitsForRoomCanBeInterrupted() throws Exception {
        PoolConfig one = PoolConfig.DEFAULT.maxQueuedTasks(1);
        try (RemoteExecutor workers = SmallWorkers.open(settings().pool(one).backPressure(BackPressure.BLOCK));
                Threads threads = new Threads()) {
            CompletableFuture<Integer> running = workers.submit(sleeping(60_000, 0));
            CompletableFuture<Integer> queued = workers.submit(sleeping(1, 1));
            AtomicReference<Thread> submitter = new AtomicReference<>();
            threads.start(() -> {
                submitter.set(Thread.currentThread());
                assertThrows(CallInterruptedException.class, () -> workers.submit(sleeping(1, 2)));
            });
            new Await(LIMIT)
                    .until(
                            "it waits",
                            () -> submitter.get() != null && submitter.get().getState() == Thread.State.WAITING
                                    || submitter.get() != null
                                            && submitter.get().getState() == Thread.State.TIMED_WAITING);
            submitter.get().interrupt();
            threads.join(LIMIT);
            running.cancel(true);
            assertEquals(1, Threads.get(queued, LIMIT));
        }
    }

    @Test
    void limitsThatMakeNoSenseAreRefused() {
        for (int none : new int[] {0, -1}) {
            ConfigurationException refused =
                    assertThrows(ConfigurationException.class, () -> PoolConfig.DEFAULT.maxTasks(none));
            assertTrue(refused.getMessage().contains("maxTasks is " + none), refused::getMessage);
            assertThrows(ConfigurationException.class, () -> PoolConfig.DEFAULT.maxQueuedTasks(none));
            assertThrows(ConfigurationException.class, () -> PoolConfig.DEFAULT.quarantineAfter(none));
            assertThrows(ConfigurationException.class, () -> PoolConfig.DEFAULT.maxMemory(none));
            assertThrows(ConfigurationException.class, () -> PoolConfig.DEFAULT.maxAge(Duration.ofMillis(none)));
            assertThrows(ConfigurationException.class, () -> PoolConfig.DEFAULT.idleTimeout(Duration.ofMillis(none)));
        }
    }
}

package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.CallRejectedException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose outcome is not waited for, and tasks. */
@Timeout(60)
class AsyncTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RemoteObject<Accumulator> object;

    interface Accumulator {
        int add(int number);

        Integer boxed(int number);

        void fail(String message) throws IOException;

        long pid();

        Object give(Object any);
    }

    static final class Sum implements Accumulator {
        private int sum;

        @Override
        public int add(int number) {
            sum += number;
            return sum;
        }

        @Override
        public Integer boxed(int number) {
            return add(number);
        }

        @Override
        public void fail(String message) throws IOException {
            throw new IOException(message);
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public Object give(Object any) {
            return any;
        }
    }

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2).maxInFlight(8);
    }

    @BeforeEach
    void make() {
        object = workers().create(Accumulator.class, Sum::new);
    }

    @AfterEach
    void letGo() {
        object.close();
    }

    @Test
    void outcomesOfAllKindsArrive() throws Exception {
        assertEquals(Integer.valueOf(5), Threads.get(object.async(a -> a.add(5)), LIMIT));
        assertEquals(Integer.valueOf(7), Threads.get(object.async(a -> a.boxed(2)), LIMIT));
        assertNull(Threads.get(object.async(a -> a.give(null)), LIMIT));
        CompletableFuture<Void> failed = object.async(a -> {
            a.fail("as asked");
            return null;
        });
        RemoteCallException failure = assertThrows(RemoteCallException.class, () -> Threads.get(failed, LIMIT));
        assertEquals("as asked", failure.failure().message());
        assertEquals(object.workerId(), failure.workerId());
    }

    @Test
    void callsOfOneThreadKeepTheirOrder() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            futures.add(object.async(a -> a.add(1)));
            if (i % 7 == 0) {
                assertEquals(futures.size() + 1, object.stub().add(1), "a call that waits comes after those before it");
                futures.add(CompletableFuture.completedFuture(futures.size() + 1));
            }
        }
        for (int i = 0; i < futures.size(); i++) {
            assertEquals(i + 1, Threads.get(futures.get(i), LIMIT));
        }
    }

    @Test
    void misuseIsRefusedAndHasNoEffect() throws Exception {
        IllegalArgumentException none =
                assertThrows(IllegalArgumentException.class, () -> object.async(a -> "no call"));
        assertTrue(none.getMessage().contains("no call"), none::getMessage);
        assertThrows(IllegalArgumentException.class, () -> object.async(a -> a.hashCode() + a.toString()));
        assertThrows(
                IllegalStateException.class,
                () -> object.async(a -> {
                    throw new IllegalStateException("before any call");
                }));
        IllegalArgumentException checked = assertThrows(
                IllegalArgumentException.class,
                () -> object.async(a -> {
                    throw new IOException("before any call");
                }));
        assertInstanceOf(IOException.class, checked.getCause());
        AtomicReference<Accumulator> kept = new AtomicReference<>();
        assertEquals(
                Integer.valueOf(1),
                Threads.get(
                        object.async(a -> {
                            kept.set(a);
                            return a.add(1);
                        }),
                        LIMIT));
        assertThrows(IllegalArgumentException.class, () -> kept.get().add(100), "a stub that outlives its call");
        assertThrows(SerializationException.class, () -> object.async(a -> a.give(Thread.currentThread())));
        assertEquals(2, object.stub().add(1), "nothing of all that was run");
        for (int i = 0; i < 20; i++) { // more often than calls may be in flight: no slot was lost
            assertThrows(IllegalArgumentException.class, () -> object.async(a -> null));
            assertThrows(SerializationException.class, () -> object.async(a -> a.give(Thread.currentThread())));
        }
        assertEquals(3, object.stub().add(1));
    }

    @Test
    void aSecondCallIsRefusedAndNoneIsSent() {
        for (int i = 0; i < 20; i++) { // more often than calls may be in flight
            IllegalArgumentException two =
                    assertThrows(IllegalArgumentException.class, () -> object.async(a -> a.add(1) + a.add(1)));
            assertTrue(two.getMessage().contains("second"), two::getMessage);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> object.async(a -> {
                        a.add(1);
                        try {
                            return a.add(1);
                        } catch (IllegalArgumentException swallowed) {
                            return 0;
                        }
                    }));
        }
        assertEquals(1, object.stub().add(1));
    }

    @Test
    void whatTheFunctionDoesAfterItsCallDoesNotMatter() throws Exception {
        assertEquals(Integer.valueOf(5), Threads.get(object.async(a -> a.boxed(5) + 1), LIMIT));
        CompletableFuture<Integer> thrown = object.async(a -> {
            a.add(1);
            throw new IOException("after the call");
        });
        assertEquals(6, ((Number) Threads.get(thrown, LIMIT)).intValue());
        assertThrows(
                StackOverflowError.class,
                () -> object.async(a -> {
                    a.add(100);
                    throw new StackOverflowError("an error ends everything");
                }));
        assertEquals(7, object.stub().add(1));
    }

    @Test
    void futuresCompleteWhereTheCallerSays() throws Exception {
        AtomicReference<String> completedBy = new AtomicReference<>();
        Executor named = task -> new Thread(task, "named-by-the-caller").start();
        CompletableFuture<Integer> future = object.async(a -> a.add(1), named);
        CompletableFuture<Void> seen =
                future.thenRun(() -> completedBy.set(Thread.currentThread().getName()));
        Threads.get(seen, LIMIT);
        assertTrue(
                completedBy.get().equals("named-by-the-caller")
                        || completedBy.get().equals(Thread.currentThread().getName()),
                completedBy::get);
        CompletableFuture<Integer> later = object.async(a -> a.add(1));
        assertEquals(2, Threads.get(later, LIMIT));
    }

    @Test
    void aDependentMayCallAgain() throws Exception {
        CompletableFuture<Integer> chain = object.async(a -> a.add(1))
                .thenApply(sum -> object.stub().add(sum))
                .thenCompose(sum -> object.async(a -> a.add(sum)))
                .thenApply(sum -> object.stub().add(sum));
        assertEquals(8, Threads.get(chain, LIMIT));
        CompletableFuture<Integer> onTheSpot = object.async(a -> a.add(1), Runnable::run)
                .thenApply(sum -> object.stub().add(1));
        assertEquals(10, Threads.get(onTheSpot, LIMIT));
    }

    @Test
    void refusedCompletionsFailTheirFutureAndLoseNoSlot() throws Exception {
        List<RuntimeException> refusals = List.of(
                new RejectedExecutionException("full"), new IllegalStateException("an executor that is not well"));
        for (RuntimeException refusal : refusals) {
            Executor full = task -> {
                throw refusal;
            };
            for (int i = 0; i < 20; i++) {
                CompletableFuture<Integer> future = object.async(a -> a.add(1), full);
                CallRejectedException rejected =
                        assertThrows(CallRejectedException.class, () -> Threads.get(future, LIMIT));
                assertSame(refusal, rejected.getCause());
            }
        }
        assertEquals(41, object.stub().add(1), "the calls themselves ran");
        assertEquals(Integer.valueOf(42), Threads.get(object.async(a -> a.add(1)), LIMIT), "others complete");
    }

    @Test
    void aCompletionExecutorOfTheConfiguration() throws Exception {
        AtomicInteger used = new AtomicInteger();
        Executor counting = task -> {
            used.incrementAndGet();
            task.run();
        };
        try (RemoteExecutor fresh = open(settings().completion(counting))) {
            assertSame(counting, fresh.completionExecutor());
            assertEquals(3, Threads.get(fresh.submit(() -> 1 + 2), LIMIT));
            assertTrue(used.get() > 0);
        }
    }

    @Test
    void tasksRunInWorkers() throws Exception {
        long here = ProcessHandle.current().pid();
        List<Integer> captured = List.of(1, 2, 3);
        assertNotEquals(
                here, Threads.get(workers().submit(() -> ProcessHandle.current().pid()), LIMIT));
        assertEquals(
                workers().workers().get(1).pid(),
                Threads.get(workers().submit(1, () -> ProcessHandle.current().pid()), LIMIT));
        assertEquals(
                6,
                Threads.get(
                        workers()
                                .submit(() -> captured.stream().mapToInt(i -> i).sum()),
                        LIMIT));
        assertNull(Threads.get(workers().submit(() -> null), LIMIT));
        CompletableFuture<Object> failing = workers().submit(() -> {
            throw new IOException("task");
        });
        RemoteCallException failure = assertThrows(RemoteCallException.class, () -> Threads.get(failing, LIMIT));
        assertEquals("task", failure.failure().message());
        assertThrows(SerializationException.class, () -> Threads.get(workers().submit(sendsThread()), LIMIT));
        assertFalse(workers().workers().stream().anyMatch(worker -> !worker.alive()));
    }

    private static io.outrider.api.RemoteCallable<String> sendsThread() {
        Thread thread = Thread.currentThread();
        return thread::getName;
    }

    @Test
    void tasksOfAWorkerRunOneAtATimeAndHoldUpNoObject() throws Exception {
        List<CompletableFuture<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tasks.add(workers().submit(object.workerId(), () -> OneAtATime.enter(50)));
        }
        assertTrue(object.stub().pid() > 0);
        assertFalse(tasks.get(5).isDone(), "the object answered before the tasks were done");
        for (CompletableFuture<Integer> task : tasks) {
            assertEquals(1, Threads.get(task, LIMIT), "tasks at once");
        }
    }

    static final class OneAtATime {
        private static final AtomicInteger INSIDE = new AtomicInteger();

        static int enter(long ms) throws InterruptedException {
            int inside = INSIDE.incrementAndGet();
            Thread.sleep(ms); // the work of the task
            INSIDE.decrementAndGet();
            return inside;
        }
    }
}

package io.outrider.launcher.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.MapOptions;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutorService;
import io.outrider.api.RemoteScheduledExecutorService;
import io.outrider.api.RemoteStream;
import io.outrider.error.ConfigurationException;
import io.outrider.error.RemoteCallException;
import io.outrider.launcher.support.Threads;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The services of the JDK, on every executor. */
@Timeout(60)
class TaskServiceTest extends OnAllExecutors {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void lambdasWrittenForAThreadPoolRunInWorkers() throws Exception {
        try (RemoteExecutorService pool = executor().asExecutorService()) {
            int captured = 20;
            assertEquals(42, pool.submit(() -> captured + 22).get());
            assertEquals(
                    inThisProcess(),
                    pool.submit(() -> ProcessHandle.current().pid()).get()
                            == ProcessHandle.current().pid());
            assertNull(pool.submit(() -> Thread.yield()).get());
            Runnable runnable = (Runnable & Serializable) () -> Thread.yield();
            assertNull(pool.submit(runnable).get(5, TimeUnit.SECONDS));
            assertEquals("mine", pool.submit(runnable, "mine").get());
            pool.execute(runnable);
            pool.execute(() -> Thread.yield());
            for (int i = 0; i < 300; i++) { // one class of lambda, with a new captured value each time
                int number = i;
                assertEquals(2 * number, pool.submit(() -> 2 * number).get());
            }
            List<Future<Integer>> many = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                many.add(pool.submit(() -> number + 1));
            }
            for (int i = 0; i < many.size(); i++) {
                assertEquals(i + 1, Threads.get(many.get(i), LIMIT));
            }
        }
    }

    @Test
    void failuresKeepTheirTypeAndNameTheirCause() throws Exception {
        try (RemoteExecutorService pool = executor().asExecutorService()) {
            Future<Object> failed = pool.submit(() -> {
                throw new IOException("a task's");
            });
            ExecutionException thrown = assertThrows(ExecutionException.class, failed::get);
            assertInstanceOf(IOException.class, thrown.getCause());
            assertEquals("a task's", thrown.getCause().getMessage());
            assertInstanceOf(RemoteCallException.class, thrown.getCause().getSuppressed()[0]);
            assertTrue(failed.isDone());
            assertThrows(ExecutionException.class, failed::get, "again");
            assertEquals(1, thrown.getCause().getSuppressed().length, "however often one looks");

            Callable<Integer> plain = () -> 1;
            RejectedExecutionException refused =
                    assertThrows(RejectedExecutionException.class, () -> pool.submit(plain));
            assertTrue(refused.getMessage().contains("not serializable"), refused::getMessage);
            Thread bound = Thread.currentThread();
            RemoteCallable<String> captures = bound::getName;
            RejectedExecutionException named =
                    assertThrows(RejectedExecutionException.class, () -> pool.submit(captures));
            assertTrue(named.getMessage().contains("java.lang.Thread"), named::getMessage);
            assertTrue(named.getMessage().contains("captured[0]"), named::getMessage);
            RejectedExecutionException field =
                    assertThrows(RejectedExecutionException.class, () -> pool.submit(new Holder()));
            assertTrue(field.getMessage().contains(".lock"), field::getMessage);
            assertThrows(NullPointerException.class, () -> pool.submit((Callable<Object>) null));
            assertEquals(5, pool.submit(() -> 5).get(), "the service goes on");
        }
    }

    static final class Holder implements Callable<Integer>, Serializable {
        private static final long serialVersionUID = 1L;

        private final transient int unused = 1;
        private final Object lock = new java.util.concurrent.locks.ReentrantLock();

        @Override
        public Integer call() {
            return unused + lock.hashCode();
        }
    }

    @Test
    void invokeAllAndAny() throws Exception {
        try (RemoteExecutorService pool = executor().asExecutorService()) {
            List<RemoteCallable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> {
                throw new IllegalStateException("third");
            });
            List<Future<Integer>> all = pool.invokeAll(tasks);
            assertEquals(1, all.get(0).get());
            assertEquals(2, all.get(1).get());
            assertInstanceOf(
                    IllegalStateException.class,
                    assertThrows(ExecutionException.class, () -> all.get(2).get())
                            .getCause());
            assertEquals(List.of(), pool.invokeAll(List.of()));
            assertTrue(Set.of(1, 2).contains(pool.invokeAny(tasks)));
            List<RemoteCallable<Integer>> failing = List.of(tasks.get(2), tasks.get(2));
            assertThrows(ExecutionException.class, () -> pool.invokeAny(failing));
            assertThrows(IllegalArgumentException.class, () -> pool.invokeAny(List.of()));
            if (kind() != Kind.SEQUENTIAL) {
                RemoteCallable<Integer> slow = () -> sleep(20_000);
                List<RemoteCallable<Integer>> mixed = List.of(slow, () -> 7);
                List<Future<Integer>> cut = pool.invokeAll(mixed, 500, TimeUnit.MILLISECONDS);
                assertTrue(cut.stream().allMatch(Future::isDone));
                assertTrue(cut.get(0).isCancelled());
                assertThrows(
                        TimeoutException.class, () -> pool.invokeAny(List.of(slow, slow), 100, TimeUnit.MILLISECONDS));
            }
        }
    }

    static int sleep(long ms) throws InterruptedException {
        Thread.sleep(ms); // the work of the task
        return 0;
    }

    @Test
    void tasksAreSpreadAndCanBeCancelled() throws Exception {
        if (kind() == Kind.SEQUENTIAL) {
            return;
        }
        try (RemoteExecutorService pool = executor().asExecutorService()) {
            List<Future<String>> places = new ArrayList<>();
            long here = ProcessHandle.current().pid();
            for (int i = 0; i < 4; i++) {
                places.add(pool.submit(() -> {
                    sleep(100);
                    long pid = ProcessHandle.current().pid();
                    // A worker is one place, whichever of its threads leads when a task comes.
                    return pid == here ? Thread.currentThread().getName() : "process " + pid;
                }));
            }
            Set<String> seen = new HashSet<>();
            for (Future<String> place : places) {
                seen.add(Threads.get(place, LIMIT));
            }
            assertEquals(2, seen.size(), seen::toString);
            Future<Integer> running = pool.submit(() -> sleep(20_000));
            assertThrows(TimeoutException.class, () -> running.get(50, TimeUnit.MILLISECONDS));
            assertTrue(running.cancel(true));
            assertTrue(running.isCancelled());
            assertThrows(CancellationException.class, running::get);
            assertEquals(1, Threads.get(pool.submit(() -> 1), LIMIT));
        }
    }

    @Test
    void shutdownIsThatOfTheInterface() throws Exception {
        RemoteExecutorService pool = executor().asExecutorService();
        assertFalse(pool.isShutdown());
        Future<Integer> begun = pool.submit(() -> sleep(100));
        pool.shutdown();
        pool.shutdown();
        assertTrue(pool.isShutdown());
        assertThrows(RejectedExecutionException.class, () -> pool.submit(() -> 1));
        assertTrue(pool.awaitTermination(20, TimeUnit.SECONDS));
        assertTrue(pool.isTerminated());
        assertEquals(0, begun.get());
        assertEquals(2, executor().submit(() -> 2).get(), "the executor goes on");
        RemoteExecutorService cut = executor().asExecutorService();
        List<Future<Integer>> tasks = new ArrayList<>();
        if (kind() != Kind.SEQUENTIAL) {
            for (int i = 0; i < 50; i++) {
                tasks.add(cut.submit(() -> sleep(10_000)));
            }
        }
        Runnable last = (Runnable & Serializable) () -> Runs.COUNT.incrementAndGet();
        if (kind() != Kind.SEQUENTIAL) {
            cut.execute(last);
        }
        List<Runnable> never = cut.shutdownNow();
        assertTrue(cut.awaitTermination(10, TimeUnit.SECONDS));
        assertTrue(tasks.stream().allMatch(Future::isDone));
        if (kind() != Kind.SEQUENTIAL) {
            assertTrue(never.size() > 30 && never.size() <= 51, () -> never.size() + " had not begun");
            assertTrue(never.contains(last), "what was given is what comes back");
            int before = Runs.COUNT.get();
            last.run();
            assertEquals(before + 1, Runs.COUNT.getAndSet(0), "to be run elsewhere");
        }
        assertEquals(3, executor().submit(() -> 3).get(LIMIT.toSeconds(), TimeUnit.SECONDS), "all threads are free");
        cut.close();
    }

    @Test
    void supplyAsyncRunsItsTaskInAWorker() throws Exception {
        Supplier<Long> pid =
                (Supplier<Long> & Serializable) () -> ProcessHandle.current().pid();
        CompletableFuture<Long> supplied =
                CompletableFuture.supplyAsync(pid, executor().asExecutor());
        assertEquals(
                inThisProcess(),
                Threads.get(supplied, LIMIT) == ProcessHandle.current().pid());
        Runnable fails = (Runnable & Serializable) () -> {
            throw new IllegalStateException("in the worker");
        };
        CompletableFuture<Void> failed =
                CompletableFuture.runAsync(fails, executor().asExecutor());
        assertThrows(IllegalStateException.class, () -> Threads.get(failed, LIMIT));
        Supplier<Integer> plain = () -> 1;
        assertThrows(
                RejectedExecutionException.class,
                () -> CompletableFuture.supplyAsync(plain, executor().asExecutor()));
        CompletableFuture<Long> dependent =
                supplied.thenApplyAsync(value -> value, executor().asExecutor());
        RejectedExecutionException refused =
                assertThrows(RejectedExecutionException.class, () -> Threads.get(dependent, LIMIT));
        assertTrue(refused.getMessage().contains("thenCompose"), refused::getMessage);
    }

    @Test
    void scheduledTasks() throws Exception {
        RemoteScheduledExecutorService timer = executor().asScheduledExecutorService();
        long begun = System.nanoTime();
        ScheduledFuture<Integer> later = timer.schedule(() -> 7, 50, TimeUnit.MILLISECONDS);
        assertEquals(7, Threads.get(later, LIMIT));
        assertTrue(System.nanoTime() - begun >= 50_000_000);
        ScheduledFuture<?> failing = timer.scheduleAtFixedRate(
                () -> {
                    if (Runs.COUNT.incrementAndGet() == 3) {
                        throw new IllegalStateException("the third run");
                    }
                },
                0,
                5,
                TimeUnit.MILLISECONDS);
        if (kind() != Kind.BOTH && !inThisProcess()) {
            failing.cancel(false); // its runs are counted in two processes
        } else if (inThisProcess()) {
            assertInstanceOf(
                    IllegalStateException.class,
                    assertThrows(ExecutionException.class, () -> failing.get(20, TimeUnit.SECONDS))
                            .getCause());
            Runs.COUNT.set(0);
        }
        failing.cancel(false);
        ScheduledFuture<?> periodic = timer.scheduleWithFixedDelay(() -> Thread.yield(), 0, 1, TimeUnit.MILLISECONDS);
        assertFalse(periodic.isDone());
        assertThrows(IllegalArgumentException.class, () -> timer.scheduleAtFixedRate(() -> {}, 0, 0, TimeUnit.DAYS));
        Runnable plain = () -> {};
        assertThrows(RejectedExecutionException.class, () -> timer.schedule(plain, 1, TimeUnit.DAYS));
        ScheduledFuture<Integer> due = timer.schedule(() -> 8, 100, TimeUnit.MILLISECONDS);
        timer.shutdown();
        assertTrue(timer.awaitTermination(20, TimeUnit.SECONDS));
        assertTrue(periodic.isCancelled());
        assertEquals(8, due.get(), "delayed tasks run after a shutdown");
        assertThrows(RejectedExecutionException.class, () -> timer.schedule(() -> 1, 1, TimeUnit.DAYS));
        RemoteScheduledExecutorService cut = executor().asScheduledExecutorService();
        cut.schedule(() -> 1, 1, TimeUnit.DAYS);
        assertEquals(1, cut.shutdownNow().size());
        assertTrue(cut.isTerminated());
    }

    static final class Runs {
        static final java.util.concurrent.atomic.AtomicInteger COUNT = new java.util.concurrent.atomic.AtomicInteger();
    }

    @Test
    void mapAppliesAFunctionInChunks() {
        List<Integer> items = IntStream.range(0, 10_000).boxed().toList();
        try (RemoteStream<Integer> doubled = executor().map(item -> 2 * item, items, MapOptions.DEFAULT)) {
            for (int item : items) {
                assertEquals(2 * item, doubled.next());
            }
            assertFalse(doubled.hasNext());
        }
        Set<Integer> seen = new HashSet<>();
        MapOptions options = MapOptions.DEFAULT.chunk(7).window(3).asCompleted();
        executor().map(item -> -item, items.subList(0, 100), options).forEachRemaining(seen::add);
        assertEquals(100, seen.size());
        RemoteStream<Integer> failing = executor()
                .map(
                        item -> {
                            if (item == 5) {
                                throw new UncheckedIOException(new IOException("item " + item));
                            }
                            return item;
                        },
                        items,
                        MapOptions.DEFAULT.chunk(3));
        for (int item = 0; item < 5; item++) {
            assertEquals(item, failing.next());
        }
        UncheckedIOException failed = assertThrows(UncheckedIOException.class, failing::next);
        assertEquals("item 5", failed.getCause().getMessage());
        assertFalse(failing.hasNext());
        assertFalse(executor().map(item -> item, List.of(), MapOptions.DEFAULT).hasNext());
        assertThrows(ConfigurationException.class, () -> MapOptions.DEFAULT.window(0));
    }

    @Test
    void aVariableOfTheJdksTypeWorksWithTasksThatCanBeSent() throws Exception {
        ExecutorService pool = executor().asExecutorService();
        Callable<Integer> task = (Callable<Integer> & Serializable) () -> 3;
        assertEquals(3, pool.submit(task).get());
        assertSame(pool, pool);
        pool.shutdown();
        assertTrue(pool.awaitTermination(20, TimeUnit.SECONDS));
    }
}

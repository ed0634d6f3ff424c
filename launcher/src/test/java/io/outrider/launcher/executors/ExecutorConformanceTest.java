package io.outrider.launcher.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.CallPipeline;
import io.outrider.api.MapOptions;
import io.outrider.api.ObjectOptions;
import io.outrider.api.Parallelization;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.TaskContext;
import io.outrider.api.TaskOptions;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ContractException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects, stubs, tasks, futures and errors, alike on every executor. */
@Timeout(60)
class ExecutorConformanceTest extends OnAllExecutors {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Does a little of everything. */
    interface Desk {
        int add(int number);

        List<Integer> keep(List<Integer> numbers);

        List<Integer> kept();

        void fail(String message) throws IOException;

        Object give(Object value);

        Object unsendable();

        CompletionStage<String> later(String text);

        void letGo();

        int inside(long ms) throws InterruptedException;

        String thread();

        long pid();
    }

    static final class Clerk implements Desk, AutoCloseable {
        static final AtomicInteger CLOSED = new AtomicInteger();

        private final AtomicInteger inside = new AtomicInteger();
        private final CompletableFuture<String> gate = new CompletableFuture<>();
        private int sum;
        private List<Integer> numbers = List.of();

        Clerk() {}

        Clerk(int start) {
            sum = start;
        }

        @Override
        public int add(int number) {
            sum += number;
            return sum;
        }

        @Override
        public List<Integer> keep(List<Integer> given) {
            numbers = given;
            return numbers;
        }

        @Override
        public List<Integer> kept() {
            return numbers;
        }

        @Override
        public void fail(String message) throws IOException {
            throw new IOException(message);
        }

        @Override
        public Object give(Object value) {
            return value;
        }

        @Override
        public Object unsendable() {
            return Thread.currentThread();
        }

        @Override
        public CompletionStage<String> later(String text) {
            return gate.thenApply(prefix -> prefix + text);
        }

        @Override
        public void letGo() {
            gate.complete("late ");
        }

        @Override
        public int inside(long ms) throws InterruptedException {
            int now = inside.incrementAndGet();
            Thread.sleep(ms); // the work of the method
            inside.decrementAndGet();
            return now;
        }

        @Override
        public String thread() {
            return Thread.currentThread().getName();
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    @Test
    void objectsKeepTheirStateAndRunWhereTheyShould() {
        try (RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new);
                RemoteObject<Desk> other = executor().create(Desk.class, Clerk.class, 40)) {
            assertEquals(3, object.stub().add(3));
            assertEquals(5, object.stub().add(2));
            assertEquals(42, other.stub().add(2));
            boolean here = object.stub().pid() == ProcessHandle.current().pid();
            assertEquals(inThisProcess(), here);
            boolean sameThread =
                    here && object.stub().thread().equals(Thread.currentThread().getName());
            assertEquals(kind() == Kind.SEQUENTIAL, sameThread);
            assertEquals(object.stub(), object.stub());
            assertNotEquals(object.stub(), other.stub());
            assertTrue(object.stub().toString().contains("Desk[worker "), object.stub()::toString);
            assertTrue(executor().workers().stream().anyMatch(worker -> worker.objects() > 0));
        }
        assertEquals(
                0,
                executor().workers().stream()
                        .mapToInt(worker -> worker.objects())
                        .sum());
    }

    @Test
    void argumentsAndResultsAreCopies() {
        try (RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new)) {
            List<Integer> mine = new ArrayList<>(List.of(1, 2));
            List<Integer> returned = object.stub().keep(mine);
            assertEquals(mine, returned);
            assertNotSame(mine, returned);
            mine.add(3);
            returned.add(4);
            assertEquals(List.of(1, 2), object.stub().kept());
            Object graph = new Object[] {"x", mine, null};
            assertEquals(3, ((Object[]) object.stub().give(graph)).length);
        }
    }

    @Test
    void failuresHaveTheSameTypesEverywhere() {
        try (RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new)) {
            RemoteCallException failure =
                    assertThrows(RemoteCallException.class, () -> object.stub().fail("as asked"));
            assertInstanceOf(IOException.class, failure.getCause());
            assertEquals("as asked", failure.failure().message());
            assertEquals("java.io.IOException", failure.failure().typeName());
            assertThrows(SerializationException.class, () -> object.stub().give(Thread.currentThread()));
            assertThrows(SerializationException.class, () -> object.stub().unsendable());
            assertEquals(1, object.stub().add(1), "and the object goes on");
        }
        assertThrows(ContractException.class, () -> executor().create(String.class, () -> "no interface"));
        RemoteCallException thrown = assertThrows(
                RemoteCallException.class,
                () -> executor().create(Desk.class, () -> {
                    throw new IOException("factory");
                }));
        assertInstanceOf(IOException.class, thrown.getCause());
        Thread captured = Thread.currentThread();
        assertThrows(
                SerializationException.class,
                () -> executor().create(Desk.class, () -> captured.isAlive() ? new Clerk() : null));
        assertThrows(
                ConfigurationException.class,
                () -> executor().create(Desk.class, Clerk::new, ObjectOptions.DEFAULT.on(77)));
    }

    @Test
    void callsWithoutWaitingAndPipelines() throws Exception {
        try (RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new)) {
            List<CompletableFuture<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                futures.add(object.async(desk -> desk.add(1)));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(i + 1, Threads.get(futures.get(i), LIMIT));
            }
            CompletableFuture<Object> failed = object.async(desk -> {
                desk.fail("async");
                return null;
            });
            assertThrows(RemoteCallException.class, () -> Threads.get(failed, LIMIT));
            assertThrows(IllegalArgumentException.class, () -> object.async(desk -> "no call"));
            assertThrows(IllegalArgumentException.class, () -> object.async(desk -> desk.add(1) + desk.add(1)));
            int[] sums = new int[10];
            try (CallPipeline<Desk> pipeline =
                    object.pipeline(3, (tag, outcome) -> sums[(int) tag] = outcome.getInt())) {
                for (int i = 0; i < sums.length; i++) {
                    pipeline.call(i).add(1);
                }
            }
            assertEquals(60, sums[9]);
        }
    }

    @Test
    void deferredOutcomes() throws Exception {
        try (RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new)) {
            CompletableFuture<String> waiting = object.stub().later("guest").toCompletableFuture();
            assertFalse(waiting.isDone());
            object.stub().letGo();
            assertEquals("late guest", Threads.get(waiting, LIMIT));
            assertEquals("late again", Threads.get(object.stub().later("again").toCompletableFuture(), LIMIT));
        }
    }

    @Test
    void aSerialObjectRunsOneCallAtATimeAndAConcurrentOneMore() throws Exception {
        try (Threads threads = new Threads();
                RemoteObject<Desk> serial = executor().create(Desk.class, Clerk::new);
                RemoteObject<Desk> open =
                        executor().create(Desk.class, Clerk::new, ObjectOptions.DEFAULT.concurrent(2))) {
            List<Future<Integer>> alone = new ArrayList<>();
            List<Future<Integer>> together = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                alone.add(threads.start(() -> serial.stub().inside(50)));
                together.add(threads.start(() -> open.stub().inside(300)));
            }
            for (Future<Integer> each : alone) {
                assertEquals(1, Threads.get(each, LIMIT));
            }
            int most = 0;
            for (Future<Integer> each : together) {
                most = Math.max(most, Threads.get(each, LIMIT));
            }
            assertTrue(most <= 2);
        }
    }

    @Test
    void tasksAreCopiedAndKnowWhereTheyRun() throws Exception {
        List<Integer> captured = new ArrayList<>(List.of(1, 2, 3));
        assertEquals(4, Threads.get(executor().submit(grow(captured)), LIMIT));
        assertEquals(3, captured.size(), "the task had a copy");
        assertEquals(
                kind().of(Parallelization.PROCESS),
                Threads.get(
                        executor()
                                .submit(() ->
                                        TaskContext.current().orElseThrow().parallelization()),
                        LIMIT));
        assertEquals(
                inThisProcess(),
                Threads.get(
                        executor()
                                .submit(() -> TaskContext.current()
                                        .orElseThrow()
                                        .executor()
                                        .isPresent()),
                        LIMIT));
        assertTrue(TaskContext.current().isEmpty());
        CompletableFuture<Object> failing = executor().submit(() -> {
            throw new IOException("task");
        });
        RemoteCallException failure = assertThrows(RemoteCallException.class, () -> Threads.get(failing, LIMIT));
        assertInstanceOf(IOException.class, failure.getCause());
        Thread thread = Thread.currentThread();
        assertThrows(SerializationException.class, () -> executor().submit(thread::getName));
        assertNull(Threads.get(executor().submit(() -> null), LIMIT));
    }

    private static RemoteCallable<Integer> grow(List<Integer> numbers) {
        return () -> {
            numbers.add(4);
            return numbers.size();
        };
    }

    @Test
    void afterAnObjectIsClosedItsCallsAreRefused() {
        RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new);
        object.close();
        object.close();
        assertThrows(ClosedException.class, () -> object.stub().add(1));
        assertThrows(ClosedException.class, () -> object.async(desk -> desk.add(1)));
    }

    @Test
    void closingEndsWhatWaitsAndRefusesWhatComes() throws Exception {
        RemoteExecutor fresh = open(kind(), 1);
        RemoteObject<Desk> object = fresh.create(Desk.class, Clerk::new);
        int closed = Clerk.CLOSED.get();
        CompletableFuture<Integer> begun = object.async(desk -> desk.inside(100));
        fresh.close();
        fresh.close();
        assertEquals(1, Threads.get(begun, LIMIT), "what had begun came to its end");
        assertThrows(ClosedException.class, () -> fresh.submit(() -> 1));
        assertThrows(ClosedException.class, () -> fresh.create(Desk.class, Clerk::new));
        assertThrows(ClosedException.class, () -> object.stub().add(1));
        assertThrows(
                ClosedException.class,
                () -> fresh.map(item -> item, List.of(1), MapOptions.DEFAULT).hasNext());
        assertThrows(
                RejectedExecutionException.class,
                () -> fresh.asExecutorService().submit(() -> 1));
        assertThrows(OutriderException.class, fresh::addWorker);
        fresh.shutdown(true);
        assertEquals(inThisProcess() ? closed + 1 : closed, Clerk.CLOSED.get(), "AutoCloseable objects are closed");
        object.close();
        assertEquals(List.of(), fresh.workers());
    }

    @Test
    void threadsTakeSoManyTasksAndNoMore() throws Exception {
        if (kind() != Kind.THREADS) {
            return; // for processes see the tests of shutting down
        }
        try (RemoteExecutor fresh = open(kind(), 1);
                Threads threads = new Threads()) {
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            CompletableFuture<Integer> first = fresh.submit(() -> {
                Thread.sleep(20_000);
                return 0;
            });
            for (int i = 1; i < 1024; i++) {
                all.add(fresh.submit(() -> 1));
            }
            AtomicReference<Thread> submitter = new AtomicReference<>();
            threads.start(() -> {
                submitter.set(Thread.currentThread());
                assertThrows(CallInterruptedException.class, () -> fresh.submit(() -> 2));
            });
            new Await(LIMIT)
                    .until(
                            "it waits for room",
                            () -> submitter.get() != null && submitter.get().getState() == Thread.State.TIMED_WAITING);
            submitter.get().interrupt();
            threads.join(LIMIT);
            assertTrue(first.cancel(true));
            for (CompletableFuture<Integer> each : all) {
                assertEquals(1, Threads.get(each, LIMIT));
            }
            assertEquals(3, Threads.get(fresh.submit(() -> 3), LIMIT));
        }
    }

    @Test
    void shutdownCancelsTasksThatHaveNotBegun() throws Exception {
        if (kind() != Kind.THREADS && kind() != Kind.BOTH) {
            return; // in line there are none, and processes have a test of their own
        }
        RemoteExecutor fresh = open(kind(), 2);
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int number = i;
            all.add(fresh.submit(() -> {
                Thread.sleep(100);
                return number;
            }));
        }
        CompletableFuture<Integer> hasty = fresh.submit(TaskOptions.DEFAULT.within(Duration.ofMillis(50)), () -> 1);
        assertThrows(CallTimeoutException.class, () -> Threads.get(hasty, LIMIT));
        assertEquals(0, Threads.get(all.get(0), LIMIT));
        fresh.shutdown(true);
        assertTrue(all.stream().allMatch(CompletableFuture::isDone), "none hangs");
        long cancelled = all.stream().filter(CompletableFuture::isCancelled).count();
        assertTrue(cancelled > 20 && cancelled < 50, cancelled + " were cancelled");
        for (int i = 0; i < 50; i++) {
            assertTrue(all.get(i).isCancelled() || all.get(i).join() == i);
        }
    }

    @Test
    void aDeadlineInterruptsTheMethodAndAnswersNothingElse() throws Exception {
        try (RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new);
                RemoteObject<Desk> hasty = executor()
                        .create(Desk.class, Clerk::new, ObjectOptions.DEFAULT.within(Duration.ofMillis(50)))) {
            Desk within = object.within(Duration.ofMillis(50)).stub();
            assertThrows(CallTimeoutException.class, () -> within.inside(20_000));
            assertEquals(1, object.stub().add(1));
            assertThrows(CallTimeoutException.class, () -> hasty.stub().inside(20_000));
            CompletableFuture<Integer> late = hasty.async(desk -> desk.inside(20_000));
            assertThrows(CallTimeoutException.class, () -> Threads.get(late, LIMIT));
            assertFalse(Thread.interrupted());
        }
    }

    @Test
    void aCancelledFutureInterruptsItsMethod() throws Exception {
        if (kind() == Kind.SEQUENTIAL) {
            return; // its futures are complete when they are returned
        }
        try (RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new)) {
            CompletableFuture<Integer> running = object.async(desk -> desk.inside(20_000));
            CompletableFuture<Integer> queued = object.async(desk -> desk.add(100));
            assertTrue(queued.cancel(true));
            assertTrue(running.cancel(true));
            assertEquals(1, object.stub().add(1), "the one that was queued never ran");
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        if (kind() == Kind.SEQUENTIAL) {
            return; // nobody waits: the method itself is interrupted
        }
        try (Threads threads = new Threads();
                RemoteObject<Desk> object = executor().create(Desk.class, Clerk::new)) {
            CountDownLatch begun = new CountDownLatch(1);
            Future<Thread> waiting = threads.start(() -> {
                begun.countDown();
                assertThrows(CallInterruptedException.class, () -> object.stub().inside(1_500));
                assertTrue(Thread.interrupted());
                return Thread.currentThread();
            });
            assertTrue(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS));
            Thread sleeper = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("test-thread"))
                    .findFirst()
                    .orElseThrow();
            sleeper.interrupt();
            assertSame(sleeper, Threads.get(waiting, LIMIT));
        }
    }
}

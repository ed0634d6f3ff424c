package io.outrider.launcher.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.Outrider;
import io.outrider.api.ExecutorScope;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.ScopedObject;
import io.outrider.api.TaskContext;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code that returns futures, scopes, and tasks that use their own executor. */
@Timeout(60)
class FuturesAsTasksTest extends OnAllExecutors {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void runWaitsForTheStageAndKeepsItsFailure() {
        assertEquals(3, executor().<Integer>run(() -> executor().submit(() -> 3)));
        assertEquals(
                executor(),
                executor()
                        .<RemoteExecutor>run(() -> CompletableFuture.completedFuture(
                                ExecutorScope.current().orElseThrow())));
        assertTrue(executor()
                .<Boolean>run(() ->
                        CompletableFuture.completedFuture(TaskContext.current().isPresent())));
        assertTrue(ExecutorScope.current().isEmpty());
        assertTrue(TaskContext.current().isEmpty());
        assertThrows(
                IllegalStateException.class,
                () -> executor()
                        .run(() -> executor().submit(() -> {
                            throw new IllegalStateException("a task's");
                        })));
        CompletionException checked = assertThrows(
                CompletionException.class,
                () -> executor().run(() -> {
                    throw new IOException("the code's");
                }));
        assertInstanceOf(IOException.class, checked.getCause());
        assertEquals(
                7,
                executor()
                        .<Integer>run(() -> CompletableFuture.completedFuture(
                                executor().<Integer>run(() -> executor().submit(() -> 7)))),
                "nested");
        assertEquals(5, executor().join(executor().submit(() -> 5)));
    }

    @Test
    void runAllRunsAllAtOnceAndKeepsEveryOutcome() throws Exception {
        assertEquals(List.of(), executor().runAll(List.of()));
        CountDownLatch together = new CountDownLatch(2);
        Callable<CompletionStage<String>> meets = () -> {
            together.countDown();
            assertTrue(together.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "the other one runs too");
            return CompletableFuture.completedFuture(
                    "met in " + ExecutorScope.current().isPresent());
        };
        Callable<CompletionStage<String>> fails = () -> {
            throw new IOException("before its stage");
        };
        Callable<CompletionStage<String>> failsLater = () -> executor().submit(() -> {
            throw new IllegalStateException("in its stage");
        });
        List<CompletableFuture<String>> outcomes = executor().runAll(List.of(meets, fails, meets, failsLater));
        assertTrue(outcomes.stream().allMatch(CompletableFuture::isDone));
        assertEquals("met in true", outcomes.get(0).get());
        assertEquals("met in true", outcomes.get(2).get());
        assertInstanceOf(
                IOException.class,
                assertThrows(ExecutionException.class, () -> outcomes.get(1).get())
                        .getCause());
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(ExecutionException.class, () -> outcomes.get(3).get())
                        .getCause());
    }

    @Test
    void aTaskThatWaitsForATaskOfItsOwnExecutorComesToAnEndOnWidthOne() throws Exception {
        try (RemoteExecutor narrow = open(kind(), 1)) {
            if (inThisProcess()) {
                assertEquals("nested 3", Threads.get(narrow.submit(nest(3)), LIMIT));
            } else {
                SerializationException refused = assertThrows(
                        SerializationException.class,
                        () -> narrow.submit(() -> narrow.submit(() -> 1).get()));
                assertTrue(refused.getMessage().contains("Executor"), refused::getMessage);
                assertFalse(Threads.get(
                        narrow.submit(() ->
                                TaskContext.current().orElseThrow().executor().isPresent()),
                        LIMIT));
            }
        }
    }

    private static RemoteCallable<String> nest(int depth) {
        return () -> {
            RemoteExecutor own = TaskContext.current().orElseThrow().executor().orElseThrow();
            return depth == 0 ? "nested" : own.submit(nest(depth - 1)).get() + (depth == 3 ? " 3" : "");
        };
    }

    interface Self {
        int call(int depth);
    }

    static final class Caller implements Self {
        static volatile Self stub;

        @Override
        public int call(int depth) {
            return depth == 0 ? 0 : 1 + stub.call(depth - 1);
        }
    }

    @Test
    void aSerialObjectThatCallsItselfIsRefused() {
        if (!inThisProcess()) {
            return; // it has no stub of itself there
        }
        try (RemoteObject<Self> object = executor().create(Self.class, Caller::new)) {
            Caller.stub = object.stub();
            Throwable cause = assertThrows(
                            RuntimeException.class, () -> object.stub().call(1))
                    .getCause();
            assertInstanceOf(CallRejectedException.class, cause);
            assertTrue(cause.getMessage().contains("would wait for the call of the same object"), cause::getMessage);
            assertEquals(0, object.stub().call(0));
        }
    }

    interface Where {
        long pid();

        List<String> same(List<String> list);

        int count();
    }

    static final class Here implements Where {
        private int calls;

        @Override
        public long pid() {
            calls++;
            return ProcessHandle.current().pid();
        }

        @Override
        public List<String> same(List<String> list) {
            return list;
        }

        @Override
        public int count() {
            return calls;
        }
    }

    @Test
    @SuppressWarnings("try") // the scope does its work by being open
    void aScopedStubFollowsTheCurrentExecutor() throws Exception {
        long here = ProcessHandle.current().pid();
        List<String> list = new ArrayList<>(List.of("x"));
        try (ScopedObject<Where> scoped = ScopedObject.of(Where.class, Here::new);
                RemoteExecutor other = Outrider.sequential();
                Threads threads = new Threads()) {
            assertEquals(here, scoped.stub().pid());
            assertSame(list, scoped.stub().same(list), "nothing is copied in line");
            try (ExecutorScope outer = executor().use()) {
                assertEquals(inThisProcess(), scoped.stub().pid() == here);
                try (ExecutorScope inner = other.use()) {
                    assertEquals(here, scoped.stub().pid());
                    assertEquals(Optional.of(other), ExecutorScope.current());
                    assertThrows(IllegalStateException.class, outer::close);
                    ExecutorScope.Captured captured = ExecutorScope.capture();
                    assertEquals(
                            Optional.of(other),
                            Threads.get(threads.start(() -> captured.call(ExecutorScope::current)), LIMIT));
                    assertEquals(Optional.empty(), Threads.get(threads.start(ExecutorScope::current), LIMIT));
                }
                assertEquals(Optional.of(executor()), ExecutorScope.current());
                assertEquals(inThisProcess(), scoped.stub().pid() == here);
                assertEquals(2, scoped.stub().count(), "each executor has an object of its own");
            }
            assertEquals(1, scoped.stub().count());
            assertTrue(ExecutorScope.current().isEmpty());
            scoped.close();
            assertThrows(ClosedException.class, () -> scoped.stub().pid());
        }
        assertEquals(
                0,
                executor().workers().stream()
                        .mapToInt(worker -> worker.objects())
                        .sum());
    }

    @Test
    void theFactoryPicksTheSimplestThatWillDo() {
        assertThrows(ConfigurationException.class, () -> Outrider.executor(-1, 0));
        assertThrows(ConfigurationException.class, () -> Outrider.executor(0, -1));
        assertThrows(ConfigurationException.class, () -> Outrider.executor(null, -1));
        assertThrows(ConfigurationException.class, () -> Outrider.threads(0));
        assertThrows(ConfigurationException.class, () -> Outrider.processes(0));
        try (RemoteExecutor sequential = Outrider.executor(0, 0);
                RemoteExecutor threads = Outrider.executor(null, 0)) {
            assertEquals("sequential executor", sequential.toString());
            assertEquals("executor of " + Runtime.getRuntime().availableProcessors() + " threads", threads.toString());
        }
    }
}

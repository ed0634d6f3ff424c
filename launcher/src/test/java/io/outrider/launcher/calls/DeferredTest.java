package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.CallPipeline;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Methods that return a stage: they return at once, and their outcome comes when the stage is complete. */
@Timeout(60)
class DeferredTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int WAITING = 1_000;

    /** A door at which callers wait until somebody lets them in. */
    interface Door {
        CompletionStage<Integer> enter(int guest);

        CompletableFuture<Object> answer(Object value);

        CompletionStage<String> fail(boolean inTheMethod, boolean dependent) throws IOException;

        CompletionStage<String> nothing();

        CompletableFuture<Thread> unsendable();

        int letIn();

        int waiting();

        int threads();
    }

    static final class Gate implements Door {
        private final Queue<CompletableFuture<Integer>> guests = new ArrayDeque<>();

        @Override
        public CompletionStage<Integer> enter(int guest) {
            CompletableFuture<Integer> entry = new CompletableFuture<>();
            guests.add(entry);
            return entry.thenApply(order -> order * 10_000 + guest);
        }

        @Override
        public CompletableFuture<Object> answer(Object value) {
            return CompletableFuture.completedFuture(value);
        }

        @Override
        public CompletionStage<String> fail(boolean inTheMethod, boolean dependent) throws IOException {
            IOException failure = new IOException("shut");
            if (inTheMethod) {
                throw failure;
            }
            CompletableFuture<String> failed = CompletableFuture.failedFuture(failure);
            return dependent ? failed.thenApply(never -> never) : failed;
        }

        @Override
        public CompletionStage<String> nothing() {
            return null;
        }

        @Override
        public CompletableFuture<Thread> unsendable() {
            return CompletableFuture.completedFuture(Thread.currentThread());
        }

        @Override
        public int letIn() {
            int count = 0;
            for (CompletableFuture<Integer> guest = guests.poll(); guest != null; guest = guests.poll()) {
                guest.complete(count++);
            }
            return count;
        }

        @Override
        public int waiting() {
            return guests.size();
        }

        @Override
        public int threads() {
            return Thread.activeCount();
        }
    }

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.maxInFlight(WAITING + 8).laneBytes(64 * 1024);
    }

    private RemoteObject<Door> door() {
        return workers().create(Door.class, Gate::new);
    }

    @Test
    void aThousandCallersWaitAndHoldNoThread() throws Exception {
        try (RemoteObject<Door> object = door()) {
            Door door = object.stub();
            int threads = door.threads();
            List<CompletionStage<Integer>> entries = new ArrayList<>();
            for (int guest = 0; guest < WAITING; guest++) {
                entries.add(door.enter(guest));
            }
            assertEquals(WAITING, door.waiting(), "the turn of a serial object ends when the method returns");
            assertTrue(door.threads() < threads + 4, "threads in the worker");
            assertFalse(entries.get(0).toCompletableFuture().isDone());
            assertEquals(WAITING, door.letIn());
            for (int guest = 0; guest < WAITING; guest++) {
                CompletableFuture<Integer> entry = entries.get(guest).toCompletableFuture();
                assertEquals(guest * 10_000 + guest, Threads.get(entry, LIMIT));
            }
        }
    }

    @Test
    void valuesOfAllKinds() throws Exception {
        try (RemoteObject<Door> object = door()) {
            assertEquals("text", Threads.get(object.stub().answer("text"), LIMIT));
            assertEquals(List.of(1, 2), Threads.get(object.stub().answer(List.of(1, 2)), LIMIT));
            assertNull(Threads.get(object.stub().answer(null), LIMIT));
            byte[] large = new byte[1 << 20];
            large[large.length - 1] = 7;
            assertEquals(7, ((byte[]) Threads.get(object.stub().answer(large), LIMIT))[large.length - 1]);
        }
    }

    @Test
    void failuresArriveAsThoseOfAnyCall() throws Exception {
        try (RemoteObject<Door> object = door()) {
            Door door = object.stub();
            for (int i = 0; i < 3; i++) {
                CompletableFuture<?> failed = door.fail(i == 0, i == 1).toCompletableFuture();
                RemoteCallException failure = assertThrows(RemoteCallException.class, () -> Threads.get(failed, LIMIT));
                assertEquals("shut", failure.failure().message());
                assertEquals(IOException.class, failure.getCause().getClass());
            }
            CompletableFuture<?> none = door.nothing().toCompletableFuture();
            RemoteCallException failure = assertThrows(RemoteCallException.class, () -> Threads.get(none, LIMIT));
            assertTrue(failure.getMessage().contains("null instead of a stage"), failure::getMessage);
            assertThrows(SerializationException.class, () -> Threads.get(door.unsendable(), LIMIT));
            assertEquals(0, door.waiting());
        }
    }

    @Test
    void futuresCompleteOnTheCompletionExecutor() throws Exception {
        AtomicReference<Thread> completedBy = new AtomicReference<>();
        Executor named = task -> {
            Thread thread = new Thread(task, "named-by-the-settings");
            completedBy.set(thread);
            thread.start();
        };
        try (RemoteExecutor fresh = open(settings().completion(named));
                RemoteObject<Door> object = fresh.create(Door.class, Gate::new)) {
            Threads.get(object.stub().answer("x"), LIMIT);
            assertEquals("named-by-the-settings", completedBy.get().getName());
        }
    }

    @Test
    void theyAreFuturesAlreadySoAsyncRefusesThemAndAPipelineTakesTheirValues() {
        try (RemoteObject<Door> object = door()) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> object.async(door -> door.answer("x")));
            assertTrue(refused.getMessage().contains("call it on the stub"), refused::getMessage);
            List<Object> values = new ArrayList<>();
            try (CallPipeline<Door> pipeline = object.pipeline(4, (tag, outcome) -> values.add(outcome.get()))) {
                for (int i = 0; i < 10; i++) {
                    assertNull(pipeline.call(i).answer(i));
                }
            }
            assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), values);
        }
    }

    @Test
    void waitingEndsWithTheWorkerOrTheTimeout() throws Exception {
        try (RemoteExecutor fresh = open(settings().callTimeout(Duration.ofSeconds(1)));
                RemoteObject<Door> object = fresh.create(Door.class, Gate::new)) {
            CompletableFuture<Integer> late = object.stub().enter(1).toCompletableFuture();
            assertThrows(CallTimeoutException.class, () -> Threads.get(late, LIMIT));
            assertEquals(1, object.stub().letIn());
            assertEquals(
                    "next", Threads.get(object.stub().answer("next"), LIMIT), "the late outcome answers nothing else");
        }
        try (RemoteExecutor fresh = open(settings());
                RemoteObject<Door> object = fresh.create(Door.class, Gate::new)) {
            CompletableFuture<Integer> waiting = object.stub().enter(1).toCompletableFuture();
            ProcessHandle.of(fresh.workers().get(0).pid()).orElseThrow().destroyForcibly();
            assertThrows(WorkerDiedException.class, () -> Threads.get(waiting, LIMIT));
        }
    }

    @Test
    void afterTheObjectIsClosedNothingIsSent() {
        RemoteObject<Door> object = door();
        object.close();
        assertThrows(ClosedException.class, () -> object.stub().answer("x"));
    }
}

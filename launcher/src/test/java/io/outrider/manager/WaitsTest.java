package io.outrider.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.api.Waits;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.CallTimeoutException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.manager.sync.SharedBarrier;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import io.outrider.manager.sync.SharedSemaphore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever waits for others waits for as long as it takes, where other calls have a time limit. */
@Timeout(60)
class WaitsTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.callTimeout(Duration.ofSeconds(1));
    }

    interface Door {
        @Waits
        CompletionStage<String> patient();

        CompletionStage<String> hasty();

        void open();
    }

    static final class Gate implements Door {
        private final CompletableFuture<String> opened = new CompletableFuture<>();

        @Override
        public CompletionStage<String> patient() {
            return opened.copy(); // a deadline cancels the stage that it ends
        }

        @Override
        public CompletionStage<String> hasty() {
            return new CompletableFuture<>();
        }

        @Override
        public void open() {
            opened.complete("in");
        }
    }

    @Test
    void aWaitIsNotBoundedByTheTimeLimitOfCalls() throws Exception {
        try (Manager manager = Managers.in(workers());
                RemoteObject<Door> door = workers().create(Door.class, Gate::new);
                Threads threads = new Threads()) {
            SharedLock lock = manager.lock();
            SharedLock other = manager.lock();
            Condition condition = other.newCondition();
            SharedQueue<String> queue = manager.queue();
            SharedQueue<String> full = manager.queue(1);
            SharedSemaphore semaphore = manager.semaphore(0);
            SharedEvent event = manager.event();
            SharedBarrier barrier = manager.barrier(2);
            full.put("first");
            lock.lock();
            CountDownLatch hasCondition = new CountDownLatch(1);
            threads.start(() -> {
                lock.lock();
                lock.unlock();
            });
            threads.start(() -> {
                assertTrue(lock.tryLock(20, TimeUnit.SECONDS));
                lock.unlock();
            });
            threads.start(() -> {
                other.lock();
                hasCondition.countDown();
                condition.await();
                other.unlock();
            });
            threads.start(() -> assertEquals("late", queue.take()));
            threads.start(() -> full.put("second"));
            threads.start(() -> full.join());
            threads.start(() -> semaphore.acquire());
            threads.start(() -> event.await());
            threads.start(() -> barrier.await());
            threads.start(() -> assertEquals(
                    "in", door.stub().patient().toCompletableFuture().join()));
            hasCondition.await();
            // As long as the others have waited by now, or longer.
            assertLate(door.stub().hasty());
            assertLate(door.within(Duration.ofMillis(1)).stub().patient());

            other.lock();
            condition.signal();
            other.unlock();
            queue.put("late");
            full.take();
            full.taskDone();
            full.take();
            full.taskDone();
            semaphore.release();
            event.set();
            barrier.await();
            door.stub().open();
            lock.unlock();
            threads.join(LIMIT);
        }
    }

    private static void assertLate(CompletionStage<String> stage) {
        CompletionException late = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join());
        assertEquals(CallTimeoutException.class, late.getCause().getClass());
    }
}

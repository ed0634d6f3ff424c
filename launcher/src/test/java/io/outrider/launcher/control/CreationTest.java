package io.outrider.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An object whose creator has given up is let go as soon as it is made: nobody could ever call it. */
@Timeout(60)
class CreationTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    interface Nothing {
        void nothing();
    }

    static final class Closeable implements Nothing, AutoCloseable {
        static final AtomicInteger BEGUN = new AtomicInteger();
        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger CLOSED = new AtomicInteger();

        /** Takes its time, whoever interrupts it. */
        Closeable(int ms) {
            BEGUN.incrementAndGet();
            new Patient.Real().spin(ms, 0);
            MADE.incrementAndGet();
        }

        @Override
        public void nothing() {}

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }

    @Test
    void atItsDeadlineOrInterrupted() throws Exception {
        try (RemoteExecutor own = open(settings().callTimeout(Duration.ofMillis(300)));
                Threads threads = new Threads()) {
            assertThrows(CallTimeoutException.class, () -> own.create(Nothing.class, () -> new Closeable(700)));
            awaitLetGo(own, 1);
            assertThrows(CallTimeoutException.class, () -> own.create(Nothing.class, Closeable.class, 700));
            awaitLetGo(own, 2);
            AtomicReference<Thread> creator = new AtomicReference<>();
            threads.start(() -> {
                creator.set(Thread.currentThread());
                assertThrows(
                        CallInterruptedException.class,
                        () -> workers().create(Nothing.class, () -> new Closeable(500)));
            });
            new Await(LIMIT).until("it is being made", () -> count(workers(), () -> Closeable.BEGUN.get()) == 1);
            creator.get().interrupt();
            threads.join(LIMIT);
            awaitLetGo(workers(), 1);
            assertEquals(0, workers().workers().get(0).objects());
            try (RemoteObject<Nothing> kept = own.create(Nothing.class, () -> new Closeable(1))) {
                kept.stub().nothing();
                assertEquals(2, count(own, () -> Closeable.CLOSED.get()));
            }
        }
    }

    private static void awaitLetGo(RemoteExecutor executor, int count) {
        new Await(LIMIT).until("it is let go", () -> count(executor, () -> Closeable.CLOSED.get()) == count);
        assertEquals(count, count(executor, () -> Closeable.MADE.get()));
    }

    private static int count(RemoteExecutor executor, RemoteCallable<Integer> counter) {
        return executor.submit(counter).join();
    }
}

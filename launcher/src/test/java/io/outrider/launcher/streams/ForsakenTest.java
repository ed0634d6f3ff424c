package io.outrider.launcher.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every way in which a stream ends without being closed by who reads it, or stays open for too long. */
@Timeout(60)
class ForsakenTest extends OnBothTransports {
    /** Within which what was forsaken is cleaned up, and its thread gone. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final int WINDOW = 64;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.streamWindow(WINDOW).callTimeout(Duration.ofMillis(500));
    }

    private static void until(BooleanSupplier condition) {
        new Await(BOUND).until("what was waited for", condition);
    }

    @Test
    void aDroppedStreamIsClosed() {
        try (RemoteObject<Numbers> object = workers().create(Numbers.class, Numbers.Generator::new)) {
            Numbers numbers = object.stub();
            long threads = numbers.threads();
            readAndDrop(numbers);
            until(() -> {
                System.gc();
                return numbers.cleanedUp() == 2 && numbers.threads() <= threads;
            });
        }
    }

    private static void readAndDrop(Numbers numbers) {
        assertEquals(0, numbers.counted(Long.MAX_VALUE).nextLong());
        assertEquals(3, numbers.counted(Long.MAX_VALUE).longStream().limit(3).count());
    }

    @Test
    void aStreamWhoseReaderHasEndedIsClosed() throws Exception {
        try (RemoteObject<Numbers> object = workers().create(Numbers.class, Numbers.Generator::new)) {
            Numbers numbers = object.stub();
            long threads = numbers.threads();
            AtomicReference<RemoteStream.OfLong> held = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                held.set(numbers.counted(Long.MAX_VALUE));
                held.get().nextLong();
            });
            reader.start();
            reader.join();
            until(() -> numbers.cleanedUp() == 1 && numbers.threads() <= threads);
            assertThrows(ClosedException.class, () -> held.get().longStream().count(), "not all of it was read");
            assertFalse(held.get().hasNext());
        }
    }

    @Test
    void aReaderThatIsInterruptedCanGoOn() throws Exception {
        try (RemoteObject<Numbers> object = workers().create(Numbers.class, Numbers.Generator::new);
                RemoteStream<Long> events = object.stub().events()) {
            CountDownLatch interrupted = new CountDownLatch(1);
            AtomicReference<Long> read = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                assertThrows(CallInterruptedException.class, events::next);
                assertTrue(Thread.interrupted());
                interrupted.countDown();
                read.set(events.next());
            });
            reader.start();
            reader.interrupt();
            interrupted.await();
            object.stub().event(5);
            reader.join();
            assertEquals(5, read.get());
        }
    }

    @Test
    void theDeadlineOfACallIsForItsGeneratorAndNotForItsValues() {
        try (RemoteObject<Numbers> object = workers().create(Numbers.class, Numbers.Generator::new);
                RemoteStream<Integer> slow = object.stub().slow(2, 1_200)) {
            assertEquals(0, slow.next(), "a value may take longer than a call");
        }
        try (RemoteObject<Sluggish> object = workers().create(Sluggish.class, Sluggish.Maker::new)) {
            Iterator<Integer> late = object.stub().make(3_000);
            CallTimeoutException timeout = assertThrows(CallTimeoutException.class, late::hasNext);
            assertTrue(timeout.getMessage().contains("Sluggish.make"), timeout.getMessage());
            assertFalse(late.hasNext());
        }
    }

    /** Makes a generator slowly. */
    public interface Sluggish {
        Iterator<Integer> make(long millis);

        /** In the worker. */
        final class Maker implements Sluggish {
            @Override
            public Iterator<Integer> make(long millis) {
                long doneAtNs = System.nanoTime() + millis * 1_000_000;
                while (System.nanoTime() - doneAtNs < 0) { // whether interrupted or not
                    LockSupport.parkNanos(1_000_000);
                    Thread.interrupted();
                }
                return List.of(1).iterator();
            }
        }
    }

    @Test
    void whenTheWorkerDiesItsStreamsEndWithThatAndWhatItPullsIsClosed() throws Exception {
        Taken taken = new Taken();
        try (RemoteExecutor workers = open(settings().streamWindow(WINDOW));
                RemoteObject<Numbers> object = workers.create(Numbers.class, Numbers.Generator::new);
                Threads threads = new Threads()) {
            Future<Long> pulling = pull(workers, taken, threads);
            RemoteStream.OfLong stream = object.stub().counted(Long.MAX_VALUE);
            assertEquals(0, stream.nextLong());
            List<RemoteStream<Long>> waiting = new ArrayList<>();
            waiting.add(object.stub().events());
            ProcessHandle.of(workers.workers().get(0).pid()).orElseThrow().destroyForcibly();
            until(() -> taken.closed() == 1);
            assertThrows(WorkerDiedException.class, () -> Threads.get(pulling, BOUND));
            assertThrows(WorkerDiedException.class, () -> waiting.get(0).hasNext());
            WorkerDiedException died = assertThrows(WorkerDiedException.class, () -> {
                while (true) {
                    stream.nextLong();
                }
            });
            assertTrue(died.getMessage().contains("worker 0"), died.getMessage());
            assertFalse(stream.hasNext());
            assertThrows(WorkerDiedException.class, () -> object.stub().counted(1));
        }
    }

    /** Has a worker pull without end, and waits until it does. */
    private static Future<Long> pull(RemoteExecutor workers, Taken taken, Threads threads) {
        Numbers other = workers.create(Numbers.class, Numbers.Generator::new).stub();
        Future<Long> pulling = threads.start(() -> other.sum(taken));
        until(() -> taken.produced() > WINDOW);
        return pulling;
    }

    @Test
    void whenTheExecutorClosesItsStreamsEndWithThatAndWhatItsWorkersPullIsClosed() throws Exception {
        RemoteStream.OfLong stream;
        RemoteStream<Long> waiting;
        Taken taken = new Taken();
        Future<Long> pulling;
        OutriderBuilder hasty = settings().streamWindow(WINDOW).drainTimeout(Duration.ofMillis(50));
        try (Threads threads = new Threads();
                RemoteExecutor workers = open(hasty);
                RemoteObject<Numbers> object = workers.create(Numbers.class, Numbers.Generator::new)) {
            pulling = pull(workers, taken, threads);
            stream = object.stub().counted(Long.MAX_VALUE);
            waiting = object.stub().events();
            assertEquals(0, stream.nextLong());
        }
        until(() -> taken.closed() == 1);
        assertThrows(ClosedException.class, () -> Threads.get(pulling, BOUND));
        assertThrows(ClosedException.class, waiting::hasNext);
        assertThrows(ClosedException.class, () -> {
            while (true) {
                stream.nextLong();
            }
        });
        stream.close();
    }
}

package io.outrider.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.ClosedException;
import io.outrider.launcher.support.Threads;
import io.outrider.manager.sync.SharedBarrier;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import io.outrider.manager.sync.SharedReadWriteLock;
import io.outrider.manager.sync.SharedSemaphore;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What threads wait for each other by: they get it, or time out, or are interrupted, and nobody else can take it from them. */
@Timeout(60)
class SyncTypesTest extends OnBothManagers {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int WAITING = 1_000;

    @Test
    void anEventIsWaitedForAndTakenBack() throws Exception {
        SharedEvent event = manager().event();
        assertFalse(event.await(1, TimeUnit.MILLISECONDS));
        assertFalse(event.isSet());
        try (Threads threads = new Threads()) {
            threads.start(() -> event.await());
            threads.start(() -> assertTrue(event.await(20, TimeUnit.SECONDS)));
            event.set();
            threads.join(LIMIT);
        }
        assertTrue(event.isSet());
        assertTrue(event.await(1, TimeUnit.MILLISECONDS));
        event.clear();
        assertFalse(event.await(1, TimeUnit.MILLISECONDS));
    }

    @Test
    void aThousandWaitAndCallsOnOthersAreAnswered() throws Exception {
        SharedEvent event = manager().event();
        try (Threads threads = new Threads()) {
            for (int i = 0; i < WAITING; i++) {
                threads.start(() -> event.await());
            }
            Await await = new Await(LIMIT);
            await.until("all wait", () -> event.getNumberWaiting() == WAITING);
            SharedMap<String, Integer> map = manager().map();
            map.put("still", 1);
            assertEquals(1, map.get("still"));
            event.set();
            threads.join(LIMIT);
        }
    }

    @Test
    void aLockIsItsHoldersAlone() throws Exception {
        SharedLock lock = manager().lock();
        lock.lock();
        assertTrue(lock.isLocked());
        assertEquals(1, lock.getHoldCount());
        assertFalse(lock.tryLock());
        assertThrows(IllegalMonitorStateException.class, lock::lock, "it would wait for itself");
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                assertFalse(lock.tryLock());
                assertFalse(lock.tryLock(1, TimeUnit.MILLISECONDS));
                IllegalMonitorStateException refused = assertThrows(IllegalMonitorStateException.class, lock::unlock);
                assertTrue(refused.getMessage().contains("thread "), refused::getMessage);
            });
            threads.join(LIMIT);
        }
        lock.unlock();
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
        assertFalse(lock.isLocked());
    }

    @Test
    void aReentrantLockCountsItsHolds() throws Exception {
        SharedLock lock = manager().reentrantLock();
        lock.lock();
        lock.lock();
        assertTrue(lock.tryLock());
        assertEquals(3, lock.getHoldCount());
        lock.unlock();
        lock.unlock();
        try (Threads threads = new Threads()) {
            Future<Boolean> other = threads.start(() -> lock.tryLock());
            assertFalse(Threads.get(other, LIMIT));
            lock.unlock();
            threads.start(() -> {
                lock.lock();
                lock.unlock();
            });
            threads.join(LIMIT);
        }
    }

    @Test
    void aLockKeepsOthersOut() throws Exception {
        SharedLock lock = manager().lock();
        int[] count = new int[1];
        try (Threads threads = new Threads()) {
            for (int i = 0; i < 4; i++) {
                threads.start(() -> {
                    for (int j = 0; j < 250; j++) {
                        lock.lock();
                        try {
                            count[0]++;
                        } finally {
                            lock.unlock();
                        }
                    }
                });
            }
            threads.join(LIMIT);
        }
        assertEquals(1_000, count[0]);
    }

    @Test
    void anInterruptEndsAWaitAndTheNextOneGetsTheLock() throws Exception {
        SharedLock lock = manager().lock();
        lock.lock();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                waiting.set(Thread.currentThread());
                assertThrows(InterruptedException.class, lock::lockInterruptibly);
                assertFalse(Thread.currentThread().isInterrupted());
                assertEquals(0, lock.getHoldCount());
            });
            new Await(LIMIT).until("it waits", () -> isBlocked(waiting.get()));
            waiting.get().interrupt();
            threads.join(LIMIT);
            lock.unlock();
            assertTrue(lock.tryLock(), "who was interrupted waits no more");
            lock.unlock();
        }
    }

    @Test
    void lockAndUnlockGoOnWhenInterrupted() throws Exception {
        SharedLock lock = manager().lock();
        Thread.currentThread().interrupt();
        lock.lock();
        assertEquals(1, lock.getHoldCount());
        lock.unlock();
        assertTrue(Thread.interrupted(), "the status is kept");
        lock.lock();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                waiting.set(Thread.currentThread());
                lock.lock();
                assertTrue(Thread.interrupted());
                lock.unlock();
            });
            new Await(LIMIT).until("it waits", () -> isBlocked(waiting.get()));
            waiting.get().interrupt();
            lock.unlock();
            threads.join(LIMIT);
        }
    }

    private static boolean isBlocked(Thread thread) {
        return thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void aConditionHandsTheLockBack() throws Exception {
        SharedLock lock = manager().reentrantLock();
        Condition notEmpty = lock.newCondition();
        List<String> box = new ArrayList<>();
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                lock.lock();
                lock.lock();
                while (box.isEmpty()) {
                    notEmpty.await();
                }
                assertEquals(2, lock.getHoldCount());
                lock.unlock();
                lock.unlock();
            });
            lock.lock();
            box.add("it");
            notEmpty.signal();
            lock.unlock();
            threads.join(LIMIT);
        }
        assertThrows(IllegalMonitorStateException.class, notEmpty::signal);
        assertThrows(IllegalMonitorStateException.class, notEmpty::await);
        lock.lock();
        assertFalse(notEmpty.await(1, TimeUnit.MILLISECONDS));
        assertTrue(notEmpty.awaitNanos(1_000) <= 0);
        assertEquals(1, lock.getHoldCount());
        lock.unlock();
    }

    @Test
    void anInterruptOfAConditionWaitComesWithTheLock() throws Exception {
        SharedLock lock = manager().lock();
        Condition never = lock.newCondition();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                lock.lock();
                waiting.set(Thread.currentThread());
                assertThrows(InterruptedException.class, never::await);
                assertEquals(1, lock.getHoldCount());
                lock.unlock();
            });
            Await await = new Await(LIMIT);
            await.until("it has let the lock go", () -> waiting.get() != null && !lock.isLocked());
            waiting.get().interrupt();
            threads.join(LIMIT);
        }
    }

    @Test
    void readersReadTogetherAndAWriterAlone() throws Exception {
        SharedReadWriteLock lock = manager().readWriteLock();
        lock.readLock().lock();
        assertThrows(IllegalMonitorStateException.class, () -> lock.writeLock().lock(), "it would wait for itself");
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                assertTrue(lock.readLock().tryLock());
                lock.readLock().unlock();
                assertFalse(lock.writeLock().tryLock(1, TimeUnit.MILLISECONDS));
            });
            threads.join(LIMIT);
            lock.readLock().unlock();
            lock.writeLock().lock();
            lock.readLock().lock();
            lock.writeLock().unlock();
            assertTrue(lock.readLock().isLocked());
            assertFalse(lock.writeLock().isLocked());
            lock.readLock().unlock();
        }
        assertThrows(UnsupportedOperationException.class, () -> lock.readLock().newCondition());
        assertThrows(IllegalMonitorStateException.class, () -> lock.readLock().unlock());
    }

    @Test
    void aSemaphoreMayBeReleasedByAnother() throws Exception {
        SharedSemaphore semaphore = manager().boundedSemaphore(1);
        try (Threads threads = new Threads()) {
            threads.start(() -> semaphore.acquire());
            threads.join(LIMIT);
            assertFalse(semaphore.tryAcquire());
            assertFalse(semaphore.tryAcquire(1, 1, TimeUnit.MILLISECONDS));
            semaphore.release();
            assertThrows(IllegalStateException.class, semaphore::release);
            threads.start(() -> semaphore.acquire());
            threads.join(LIMIT);
            threads.start(() -> assertTrue(semaphore.tryAcquire(1, 20, TimeUnit.SECONDS)));
            semaphore.release();
            threads.join(LIMIT);
        }
        SharedSemaphore free = manager().semaphore(0);
        free.release(3);
        assertEquals(3, free.availablePermits());
        free.acquire(2);
        assertEquals(1, free.drainPermits());
        assertThrows(IllegalArgumentException.class, () -> free.release(-1));
    }

    @Test
    void aBarrierLetsAllGoOrBreaksForAll() throws Exception {
        SharedBarrier barrier = manager().barrier(5);
        assertEquals(5, barrier.getParties());
        try (Threads threads = new Threads()) {
            List<Future<Integer>> arrivals = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                arrivals.add(threads.start(() -> barrier.await()));
            }
            List<Integer> missing = new ArrayList<>();
            for (Future<Integer> arrival : arrivals) {
                missing.add(Threads.get(arrival, LIMIT));
            }
            missing.sort(null);
            assertEquals(List.of(0, 1, 2, 3, 4), missing);

            threads.start(() -> assertThrows(BrokenBarrierException.class, barrier::await));
            new Await(LIMIT).until("it waits", () -> barrier.getNumberWaiting() == 1);
            assertThrows(TimeoutException.class, () -> barrier.await(1, TimeUnit.MILLISECONDS));
            threads.join(LIMIT);
            assertTrue(barrier.isBroken());
            assertThrows(BrokenBarrierException.class, barrier::await);
            barrier.reset();
            assertFalse(barrier.isBroken());
        }
    }

    @Test
    void aBarriersActionRunsInTheWorkerBeforeAllGoOn() throws Exception {
        SharedBarrier alone = manager().barrier(1, () -> null);
        assertEquals(0, alone.await());
        SharedBarrier failing = manager().barrier(1, () -> {
            throw new IllegalStateException("no");
        });
        assertEquals(
                "no", assertThrows(IllegalStateException.class, failing::await).getMessage());
        assertTrue(failing.isBroken());
    }

    @Test
    void anElementGoesToWhoWaitsForItAndRoomToWhoWaitsForThat() throws Exception {
        SharedQueue<String> queue = manager().queue(1);
        try (Threads threads = new Threads()) {
            Future<String> taken = threads.start(() -> queue.take());
            queue.put("a");
            assertEquals("a", Threads.get(taken, LIMIT));
            queue.put("b");
            threads.start(() -> queue.put("c"));
            assertEquals("b", queue.take());
            assertEquals("c", queue.poll(20, TimeUnit.SECONDS));
            threads.join(LIMIT);
            threads.start(() -> queue.join());
            for (int i = 0; i < 3; i++) {
                queue.taskDone();
            }
            threads.join(LIMIT);
            assertNull(queue.peek());
        }
    }

    @Test
    void anInterruptEndsEachWaitAndLeavesNothing() throws Exception {
        SharedEvent event = manager().event();
        interrupt(() -> event.await());
        interrupt(() -> event.await(20, TimeUnit.SECONDS));
        assertEquals(0, event.getNumberWaiting());

        SharedSemaphore semaphore = manager().semaphore(0);
        interrupt(() -> semaphore.acquire());
        interrupt(() -> semaphore.tryAcquire(1, 20, TimeUnit.SECONDS));
        semaphore.release();
        assertTrue(semaphore.tryAcquire());

        SharedReadWriteLock lock = manager().readWriteLock();
        lock.writeLock().lock();
        interrupt(() -> lock.readLock().lockInterruptibly());
        interrupt(() -> lock.readLock().tryLock(20, TimeUnit.SECONDS));
        interrupt(() -> lock.writeLock().lockInterruptibly());
        lock.writeLock().unlock();
        assertFalse(lock.readLock().isLocked() || lock.writeLock().isLocked());

        SharedQueue<String> queue = manager().queue(1);
        interrupt(() -> queue.take());
        interrupt(() -> queue.poll(20, TimeUnit.SECONDS));
        queue.put("kept");
        interrupt(() -> queue.put("not kept"));
        interrupt(() -> queue.offer("not kept", 20, TimeUnit.SECONDS));
        interrupt(() -> queue.join());
        interrupt(() -> queue.join(20, TimeUnit.SECONDS));
        assertEquals("kept", queue.take());
        assertNull(queue.poll());

        SharedBarrier barrier = manager().barrier(3);
        try (Threads threads = new Threads()) {
            threads.start(() -> assertThrows(BrokenBarrierException.class, barrier::await));
            new Await(LIMIT).until("one waits", () -> barrier.getNumberWaiting() == 1);
            interrupt(() -> barrier.await());
            threads.join(LIMIT);
        }
        assertTrue(barrier.isBroken());
        SharedBarrier timed = manager().barrier(2);
        interrupt(() -> timed.await(20, TimeUnit.SECONDS));
        assertTrue(timed.isBroken());
    }

    /** Has a thread wait and interrupts it there. */
    private static void interrupt(Threads.Step wait) throws Exception {
        AtomicReference<Thread> waiting = new AtomicReference<>();
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                waiting.set(Thread.currentThread());
                assertThrows(InterruptedException.class, wait::run);
                assertFalse(Thread.currentThread().isInterrupted());
            });
            new Await(LIMIT).until("it waits", () -> isBlocked(waiting.get()));
            waiting.get().interrupt();
            threads.join(LIMIT);
        }
    }

    @Test
    void whoWaitsIsToldWhenTheObjectIsReleased() throws Exception {
        SharedEvent event = manager().event();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                waiting.set(Thread.currentThread());
                assertThrows(ClosedException.class, event::await);
            });
            new Await(LIMIT).until("it waits", () -> isBlocked(waiting.get()));
            manager().release(event);
            threads.join(LIMIT);
        }
    }
}

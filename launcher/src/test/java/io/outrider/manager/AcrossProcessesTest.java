package io.outrider.manager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ClosedException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.manager.sync.SharedBarrier;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import io.outrider.manager.sync.SharedReadWriteLock;
import io.outrider.manager.sync.SharedSemaphore;
import io.outrider.testkit.Await;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a manager in worker 0 makes, used by this process and by code in a worker: in another one, which attaches to the manager's for
 * that, or in the manager's own.
 */
@Timeout(60)
class AcrossProcessesTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Within which what a process held that is gone is released. */
    private static final int RELEASED_S = 3;

    private static final int LOCKS = 8;

    /** With the partner in the manager's worker, and in another one. */
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @interface InBothWorkers {}

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2);
    }

    private static RemoteObject<Partner> partner(RemoteExecutor workers, int worker) {
        return workers.create(
                Partner.class,
                Partner.InAWorker::new,
                ObjectOptions.DEFAULT.on(worker).concurrent(8));
    }

    @InBothWorkers
    void whatOneProcessDoesTheOtherSees(int worker) throws Exception {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Partner> partner = partner(workers(), worker)) {
            Partner other = partner.stub();
            SharedMap<String, Object> map = manager.map();
            SharedList<Integer> list = manager.list();
            SharedSet<String> set = manager.set();
            list.addAll(List.of(3, 1, 2));
            map.put("kept", "here");
            SharedLong number = manager.number(1);
            SharedReference<String> value = manager.value("old");
            SharedArray<long[]> array = manager.array(new long[] {0, 0});
            SharedNamespace namespace = manager.namespace();
            other.use(new Partner.Shared(map, list, set, number, value, array, namespace));
            assertEquals(Map.of("kept", "here", "put", 7), map);
            assertEquals(List.of(2, 1), list, "sorted, reversed and popped there");
            assertEquals("[by the other]", set.toString());
            assertEquals(2, number.get());
            assertEquals("new", value.get());
            assertArrayEquals(new long[] {0, 1}, array.snapshot());
            assertEquals("y", namespace.get("x", String.class));
        }
    }

    @InBothWorkers
    void aLockIsTheProcesssThatTookItAndAPermitAnybodys(int worker) throws Exception {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Partner> partner = partner(workers(), worker)) {
            Partner other = partner.stub();
            SharedLock lock = manager.lock();
            other.lock(lock);
            assertTrue(lock.isLocked());
            assertThrows(IllegalMonitorStateException.class, lock::unlock);
            assertFalse(lock.tryLock(1, TimeUnit.MILLISECONDS));
            other.unlock(lock);
            assertTrue(lock.tryLock());
            lock.unlock();
            assertThrows(IllegalMonitorStateException.class, lock::unlock, "the second time");

            SharedSemaphore permit = manager.boundedSemaphore(1);
            other.acquire(permit);
            assertFalse(permit.tryAcquire());
            permit.release();
            assertThrows(IllegalStateException.class, permit::release, "the second time");
        }
    }

    @InBothWorkers
    void readersAndAWriterOfTwoProcessesTakeTurns(int worker) throws Exception {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Partner> partner = partner(workers(), worker)) {
            SharedReadWriteLock lock = manager.readWriteLock();
            SharedLong guarded = manager.number(1);
            lock.readLock().lock();
            assertEquals(1, partner.stub().read(lock, guarded), "two read");
            lock.readLock().unlock();
            lock.writeLock().lock();
            CompletableFuture<Integer> read = partner.async(other -> other.read(lock, guarded));
            guarded.set(2);
            assertFalse(partner.stub().tries(lock.readLock()), "nobody reads beside a writer");
            assertFalse(read.isDone());
            lock.writeLock().unlock();
            assertEquals(2, read.get(20, TimeUnit.SECONDS));
            partner.stub().lock(lock.writeLock());
            assertFalse(lock.readLock().tryLock());
            assertThrows(IllegalMonitorStateException.class, lock.writeLock()::unlock);
            partner.stub().unlock(lock.writeLock());
            assertTrue(lock.readLock().tryLock());
            lock.readLock().unlock();
        }
    }

    @InBothWorkers
    void anIteratorGivesEachElementOnceAndAPoolRunsInItsWorker(int worker) throws Exception {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Partner> partner = partner(workers(), worker)) {
            SharedIterator<Integer> numbers =
                    manager.iterator(() -> IntStream.range(0, 100).iterator(), 2);
            assertTrue(numbers.hasNext(), "0 and 1 are taken ahead, here");
            assertEquals(2, partner.stub().take(numbers));
            assertEquals(0, numbers.next());
            assertEquals(4, partner.stub().take(numbers), "3 went with the one that is gone");
            assertEquals(1, numbers.next());
            assertEquals(6, numbers.next());
            assertEquals(IntStream.range(7, 100).sum(), partner.stub().sumOfRest(numbers), "as a stream");
            assertFalse(numbers.hasNext());
            assertEquals("[1 in 0, 2 in 0] and 0", partner.stub().submit(manager.pool(2)));
        }
    }

    @InBothWorkers
    void processesWaitForEachOther(int worker) throws Exception {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Partner> partner = partner(workers(), worker);
                Threads threads = new Threads()) {
            Partner other = partner.stub();
            SharedEvent event = manager.event();
            Future<Boolean> woken = threads.start(() -> event.await(20, TimeUnit.SECONDS));
            other.set(event);
            assertTrue(Threads.get(woken, LIMIT));
            event.clear();
            assertFalse(event.await(1, TimeUnit.MILLISECONDS));

            SharedQueue<Integer> queue = manager.queue(2);
            other.offer(queue, 5);
            other.offer(queue, 6);
            assertFalse(queue.offer(7, 1, TimeUnit.MILLISECONDS), "it is full");
            assertEquals(5, queue.take());
            assertEquals(6, queue.take());
            assertNull(queue.poll(1, TimeUnit.MILLISECONDS), "it is empty");

            SharedBarrier barrier = manager.barrier(2);
            Future<Integer> arrived = threads.start(() -> barrier.await());
            int place = other.await(barrier);
            assertEquals(1, place + Threads.get(arrived, LIMIT), "one came first, and one last");
            SharedBarrier five = manager.barrier(5);
            assertEquals(5, five.getParties());
            assertThrows(TimeoutException.class, () -> five.await(1, TimeUnit.MILLISECONDS));
            assertTrue(five.isBroken());

            SharedLock lock = manager.lock();
            Condition condition = lock.newCondition();
            Future<?> signalled = threads.start(() -> {
                lock.lock();
                event.set();
                condition.await();
                lock.unlock();
            });
            event.await();
            other.signal(lock, condition); // gets the lock when the other one waits
            Threads.get(signalled, LIMIT);
        }
    }

    @InBothWorkers
    void threadsOfTwoProcessesThatHaveTheSameNumberAreTwo(int worker) throws Exception {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Partner> partner = partner(workers(), worker)) {
            SharedLock lock = manager.lock();
            SharedLock again = manager.reentrantLock();
            CompletableFuture<Void> refused = new CompletableFuture<>();
            Thread namesake;
            do {
                namesake = threadAfter(partner.stub().threads(), () -> {
                    try {
                        assertFalse(lock.tryLock(1, TimeUnit.MILLISECONDS), "it would wait, and not for itself");
                        assertFalse(again.tryLock());
                        assertThrows(IllegalMonitorStateException.class, lock::unlock);
                        assertThrows(IllegalMonitorStateException.class, again::unlock);
                        refused.complete(null);
                    } catch (Throwable failure) {
                        refused.completeExceptionally(failure);
                    }
                });
            } while (!partner.stub().lockAs(namesake.getId(), lock, again));
            assertTrue(lock.isLocked() && again.isLocked());
            namesake.start();
            refused.get(20, TimeUnit.SECONDS);

            SharedLock held = manager.lock();
            SharedPool pool = manager.pool(1);
            assertNull(pool.submit(() -> locked(held)).get());
            partner.stub().lockHere(manager.lock());
            assertFalse(held.tryLock());
            assertThrows(IllegalMonitorStateException.class, held::unlock);
            assertNull(pool.submit(() -> unlocked(held)).get());
            assertTrue(held.tryLock());
        }
    }

    private static Thread threadAfter(long number, Runnable task) {
        Thread next = new Thread(task, "namesake");
        while (next.getId() <= number) {
            next = new Thread(task, "namesake");
        }
        return next;
    }

    private static Object locked(SharedLock lock) {
        lock.lock();
        return null;
    }

    private static Object unlocked(SharedLock lock) {
        lock.unlock();
        return null;
    }

    @InBothWorkers
    @SuppressWarnings("unchecked")
    void whatAManagerMadeIsLiveWhereverItIsKept(int worker) throws Exception {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Partner> partner = partner(workers(), worker)) {
            SharedMap<String, Object> map = manager.map();
            SharedList<Object> list = manager.list();
            SharedLock lock = manager.lock();
            manager.register("counter", TypesTest.Counter.class, TypesTest.Counting::new);
            TypesTest.Counter counter = manager.create("counter", TypesTest.Counter.class);
            map.put("list", list);
            map.put("nested", List.of(lock, counter));
            ((List<Object>) map.get("list")).add(1);
            assertEquals(List.of(1), list);
            map.computeIfPresent("list", (key, value) -> added(value, 2));
            assertEquals(List.of(1, 2), list, "by a function that ran there");
            List<Object> nested = (List<Object>) map.snapshot().get("nested");
            ((SharedLock) nested.get(0)).lock();
            assertTrue(lock.isLocked());
            assertEquals(lock, nested.get(0));
            assertEquals(1, ((TypesTest.Counter) nested.get(1)).next());
            assertEquals(2, counter.next());

            ((List<Object>) partner.stub().echo(list)).add(3);
            ((SharedEvent) partner.stub().echo(manager.event())).set();
            assertEquals(List.of(1, 2, 3), list);
            SharedQueue<Integer> queue = manager.queue();
            for (Future<SharedQueue<Integer>> each :
                    List.of(workers().submit(() -> queue), workers().submit(() -> queue))) {
                each.get().put(1);
            }
            assertEquals(2, queue.size());
        }
    }

    @SuppressWarnings("unchecked")
    private static Object added(Object list, Object element) {
        ((List<Object>) list).add(element);
        return list;
    }

    @InBothWorkers
    void whatIsReleasedIsGoneForThoseWhoHoldIt(int worker) throws Exception {
        Manager manager = Managers.in(workers(), 0);
        try (RemoteObject<Partner> partner = partner(workers(), worker);
                Threads threads = new Threads()) {
            for (boolean atOnce : new boolean[] {false, true}) {
                SharedLock lock = manager.lock();
                SharedEvent event = manager.event();
                CompletableFuture<String> other = partner.async(there -> there.outlive(lock, event));
                Await await = new Await(LIMIT);
                await.until("the other holds the one and waits for the other", () -> event.getNumberWaiting() == 1);
                threads.start(() -> assertThrows(ClosedException.class, lock::lock));
                threads.start(() -> assertThrows(ClosedException.class, event::await));
                await.until("two wait", () -> event.getNumberWaiting() == 2);
                if (atOnce) {
                    manager.close();
                } else {
                    manager.release(lock);
                    manager.release(event);
                }
                assertEquals("the event is gone, the lock is gone", other.get(20, TimeUnit.SECONDS));
                threads.join(LIMIT);
                assertThrows(ClosedException.class, event::isSet);
            }
        } finally {
            manager.close();
        }
    }

    @Test
    void aThousandThreadsOfTwoProcessesWaitAndCallsOnOthersAreAnswered() {
        int processes = 2;
        int each = 500;
        try (RemoteExecutor many =
                        open(settings().archive(false).workers(1 + processes).maxInFlight(2 * each));
                Manager manager = Managers.in(many, 0)) {
            SharedEvent event = manager.event();
            SharedLong gone = manager.number(0);
            for (int worker = 1; worker <= processes; worker++) {
                many.create(Partner.class, Partner.InAWorker::new, ObjectOptions.DEFAULT.on(worker))
                        .stub()
                        .crowd(each, event, gone);
            }
            Await await = new Await(LIMIT);
            await.until("all wait", () -> event.getNumberWaiting() == processes * each);
            SharedMap<String, Integer> map = manager.map();
            map.put("still", 1);
            assertEquals(1, map.get("still"));
            assertFalse(event.isSet());
            assertEquals(0, gone.get());
            event.set();
            await.until("all have been woken", () -> gone.get() == processes * each);
        }
    }

    @Test
    void whatAKilledProcessHeldIsReleasedAndShows() throws Exception {
        try (RemoteExecutor workers = open(settings().archive(false).workers(2));
                Manager manager = Managers.in(workers, 0);
                Threads threads = new Threads();
                Busy busy = new Busy(manager, threads)) {
            RemoteObject<Partner> partner = partner(workers, 1);
            Partner other = partner.stub();
            SharedLock lock = manager.lock();
            SharedReadWriteLock both = manager.readWriteLock();
            SharedSemaphore permits = manager.semaphore(2);
            SharedBarrier barrier = manager.barrier(3);
            SharedQueue<Integer> work = manager.queue();
            SharedLock signals = manager.lock();
            Condition condition = signals.newCondition();
            SharedReadWriteLock read = manager.readWriteLock();
            SharedLock atHome = manager.lock();
            List<SharedLock> locks = locked(other, manager);
            other.lock(lock);
            other.lock(both.writeLock());
            other.lock(read.readLock());
            other.lockBy(partner(workers, 0).stub(), atHome);
            other.acquire(permits);
            other.acquire(permits);
            work.put(1);
            other.take(work);
            partner.async(there -> there.await(barrier));
            partner.async(there -> {
                there.awaitSignal(signals, condition);
                return null;
            });
            Future<?> broken = threads.start(() -> assertThrows(BrokenBarrierException.class, barrier::await));
            Future<Boolean> next = threads.start(() -> lock.tryLock(2L * RELEASED_S, TimeUnit.SECONDS));
            Await await = new Await(LIMIT);
            await.until("two wait at the barrier", () -> barrier.getNumberWaiting() == 2);

            ProcessHandle.of(other.pid()).orElseThrow().destroyForcibly();
            assertTrue(Threads.get(next, Duration.ofSeconds(RELEASED_S)), "who waited has it");
            Threads.get(broken, Duration.ofSeconds(RELEASED_S));
            assertReleased(locks);
            assertTrue(both.readLock().tryLock(RELEASED_S, TimeUnit.SECONDS));
            assertTrue(read.writeLock().tryLock(RELEASED_S, TimeUnit.SECONDS));
            assertTrue(permits.tryAcquire(2, RELEASED_S, TimeUnit.SECONDS));
            assertTrue(work.join(RELEASED_S, TimeUnit.SECONDS), "nobody waits for ever for work that was lost");
            assertTrue(lock.isBroken() && both.writeLock().isBroken() && permits.isBroken() && barrier.isBroken());
            assertTrue(work.isBroken() && read.readLock().isBroken());
            assertFalse(busy.passes.isDone());
            assertTrue(atHome.isLocked() && !atHome.isBroken(), "held in the manager's worker, whoever called there");
            permits.mend();
            assertFalse(permits.isBroken());
            signals.lock();
            condition.signal();
            assertFalse(condition.await(1, TimeUnit.MILLISECONDS), "the dead one waits no more, nor has it the lock");
            signals.unlock();
        }
    }

    /** A barrier whose action runs until this is closed. */
    private static final class Busy implements AutoCloseable {
        private final SharedEvent go;
        private final Future<Integer> passes;

        Busy(Manager manager, Threads threads) throws InterruptedException {
            SharedEvent runs = manager.event();
            SharedEvent end = manager.event();
            SharedBarrier barrier = manager.barrier(1, () -> {
                runs.set();
                return end.await(20, TimeUnit.SECONDS);
            });
            go = end;
            passes = threads.start(() -> barrier.await());
            assertTrue(runs.await(20, TimeUnit.SECONDS));
        }

        @Override
        public void close() throws Exception {
            go.set();
            assertEquals(0, Threads.get(passes, LIMIT));
        }
    }

    private static List<SharedLock> locked(Partner other, Manager manager) throws Exception {
        List<SharedLock> locks = Stream.generate(manager::lock).limit(LOCKS).toList();
        for (SharedLock each : locks) {
            other.lock(each);
        }
        return locks;
    }

    private static void assertReleased(List<SharedLock> locks) throws Exception {
        for (SharedLock each : locks) {
            assertTrue(each.tryLock(RELEASED_S, TimeUnit.SECONDS), "whatever the action of a barrier does meanwhile");
        }
    }
}

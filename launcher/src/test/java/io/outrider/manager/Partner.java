package io.outrider.manager;

import io.outrider.error.ClosedException;
import io.outrider.launcher.support.Threads;
import io.outrider.manager.sync.SharedBarrier;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import io.outrider.manager.sync.SharedReadWriteLock;
import io.outrider.manager.sync.SharedSemaphore;
import io.outrider.testkit.Await;
import io.outrider.worker.Worker;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** Does from another process what is asked of it. */
interface Partner {
    long pid();

    void use(Shared shared);

    void lock(Lock lock) throws Exception;

    void unlock(Lock lock) throws Exception;

    /** Locks on the thread that runs the call. */
    void lockHere(Lock lock);

    /** Has another one lock on the thread that runs its call. */
    void lockBy(Partner other, Lock lock);

    /** The number that a new thread has here. */
    long threads();

    /** Locks on a thread that has this number; false if there was one already. */
    boolean lockAs(long thread, Lock lock, Lock another) throws Exception;

    Object echo(Object value);

    /** Takes the lock and waits for the event; says what has become of both when that ends. */
    String outlive(SharedLock lock, SharedEvent event) throws Exception;

    void acquire(SharedSemaphore semaphore) throws Exception;

    void set(SharedEvent event);

    void offer(SharedQueue<Integer> queue, int element) throws Exception;

    int take(SharedQueue<Integer> queue) throws Exception;

    int await(SharedBarrier barrier) throws Exception;

    int read(SharedReadWriteLock lock, SharedLong guarded);

    boolean tries(Lock lock);

    /** Has so many threads of this process wait for an event. */
    void crowd(int threads, SharedEvent event, SharedLong gone);

    int take(SharedIterator<Integer> iterator);

    int sumOfRest(Iterator<Integer> relayed);

    String submit(SharedPool pool) throws Exception;

    void signal(SharedLock lock, Condition condition);

    void awaitSignal(SharedLock lock, Condition condition) throws Exception;

    /** What a manager makes, nested in something. */
    record Shared(
            SharedMap<String, Object> map,
            SharedList<Integer> list,
            SharedSet<String> set,
            SharedLong number,
            SharedReference<String> value,
            SharedArray<long[]> array,
            SharedNamespace namespace) {}

    /** In a worker, with a thread that locks and unlocks: calls may run on any. */
    final class InAWorker implements Partner {
        private final ExecutorService locker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "locker");
            thread.setDaemon(true);
            return thread;
        });

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public void use(Shared shared) {
            shared.map().put("put", 7);
            shared.list().sort(null);
            Collections.reverse(shared.list());
            shared.list().remove(0);
            shared.set().add("by the other");
            shared.number().incrementAndGet();
            shared.value().set("new");
            shared.array().setLong(1, 1);
            shared.namespace().set("x", "y");
        }

        @Override
        public void lock(Lock lock) throws Exception {
            locker.submit(lock::lock).get();
        }

        @Override
        public void unlock(Lock lock) throws Exception {
            locker.submit(lock::unlock).get();
        }

        @Override
        public void lockHere(Lock lock) {
            lock.lock();
        }

        @Override
        public void lockBy(Partner other, Lock lock) {
            other.lockHere(lock);
        }

        @Override
        public long threads() {
            return new Thread(() -> {}, "counted").getId();
        }

        @Override
        public boolean lockAs(long number, Lock lock, Lock another) throws Exception {
            Runnable task = () -> {
                lock.lock();
                another.lock();
            };
            Thread thread = new Thread(task, "namesake");
            while (thread.getId() < number) {
                thread = new Thread(task, "namesake");
            }
            if (thread.getId() > number) {
                return false;
            }
            thread.start();
            thread.join();
            return true;
        }

        @Override
        public Object echo(Object value) {
            return value;
        }

        @Override
        public String outlive(SharedLock lock, SharedEvent event) throws Exception {
            lock.lock();
            String told = says("the event", event::await);
            // Each object is let go by itself, so that the other one may be gone a moment later.
            new Await(Duration.ofSeconds(20)).until("the lock is gone", () -> isGone(lock));
            return told + ", " + says("the lock", lock::unlock);
        }

        private static boolean isGone(SharedLock lock) {
            try {
                lock.isLocked();
                return false;
            } catch (ClosedException gone) {
                return true;
            }
        }

        private static String says(String what, Threads.Step use) throws Exception {
            try {
                use.run();
                return what + " is there";
            } catch (ClosedException gone) {
                return what + " is gone";
            }
        }

        @Override
        public void acquire(SharedSemaphore semaphore) throws Exception {
            semaphore.acquire();
        }

        @Override
        public void set(SharedEvent event) {
            event.set();
        }

        @Override
        public void offer(SharedQueue<Integer> queue, int element) throws Exception {
            queue.put(element);
        }

        @Override
        public int take(SharedQueue<Integer> queue) throws Exception {
            return queue.take();
        }

        @Override
        public int await(SharedBarrier barrier) throws Exception {
            return barrier.await();
        }

        @Override
        public int read(SharedReadWriteLock lock, SharedLong guarded) {
            lock.readLock().lock();
            try {
                return (int) guarded.get();
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public void crowd(int threads, SharedEvent event, SharedLong gone) {
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(null, () -> waitFor(event, gone), "waiter", 1 << 18);
                thread.setDaemon(true);
                thread.start();
            }
        }

        private static void waitFor(SharedEvent event, SharedLong gone) {
            try {
                event.await();
                gone.incrementAndGet();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean tries(Lock lock) {
            return lock.tryLock();
        }

        @Override
        public int take(SharedIterator<Integer> iterator) {
            return iterator.next();
        }

        @Override
        public int sumOfRest(Iterator<Integer> relayed) {
            int sum = 0;
            while (relayed.hasNext()) {
                sum += relayed.next();
            }
            return sum;
        }

        @Override
        public String submit(SharedPool pool) throws Exception {
            return pool.map(n -> n + " in " + Worker.id(), List.of(1, 2)) + " and "
                    + pool.submit(Worker::id).get();
        }

        @Override
        public void signal(SharedLock lock, Condition condition) {
            lock.lock();
            condition.signal();
            lock.unlock();
        }

        @Override
        public void awaitSignal(SharedLock lock, Condition condition) throws Exception {
            lock.lock();
            condition.await();
        }
    }
}

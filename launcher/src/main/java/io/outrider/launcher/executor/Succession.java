package io.outrider.launcher.executor;

import io.outrider.error.OutriderException;
import io.outrider.telemetry.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the processes that come and ends those that go, each on a thread of its own, since both take time. Safe from any thread. */
final class Succession {
    private static final Log LOG = Log.of(Succession.class);
    /** Before a start that failed is tried again, doubled each time. */
    private static final long PAUSE_MS = 100;

    private static final int MAX_DOUBLINGS = 6;

    private final Pool pool;
    private final Object lock;
    private final Starter starter;
    private final Duration drainTimeout;
    private final List<Tenure> leaving = new ArrayList<>(); // guarded by lock
    private final List<Thread> threads = new ArrayList<>(); // guarded by lock

    /** Starts a process for a seat. */
    interface Starter {
        /**
         * Starts one, or takes a spare. Blocks until it takes calls.
         *
         * @param workerId of the seat
         * @param incarnation of the process
         * @param adopt takes charge of it
         * @throws OutriderException if it fails; then nothing of it is left
         */
        void start(int workerId, int incarnation, Consumer<Worker> adopt);
    }

    Succession(final Pool pool, final Object lock, final Starter starter, final Duration drainTimeout) {
        this.pool = pool;
        this.lock = lock;
        this.starter = starter;
        this.drainTimeout = drainTimeout;
    }

    /** Under the lock: begins to start a process for a seat. */
    void begin(final Seat seat, final int failures) {
        final int incarnation = ++seat.incarnation;
        run("outrider-restart-" + seat.id, () -> start(seat, incarnation, failures));
    }

    private void start(final Seat seat, final int incarnation, final int failures) {
        if (failures > 0 && pauseUnlessClosed(PAUSE_MS << Math.min(failures, MAX_DOUBLINGS))) {
            return;
        }
        final Tenure[] arrived = new Tenure[1];
        try {
            starter.start(seat.id, incarnation, worker -> arrived[0] = adopt(seat, worker));
        } catch (final OutriderException failure) {
            if (pool.failedToStart(seat, failure)) {
                synchronized (lock) {
                    begin(seat, failures + 1);
                }
            }
            return;
        }
        final Tenure next = arrived[0];
        if (next != null) {
            pool.watch(next);
            next.objects().forEach(object -> object.recreate(next));
            pool.ready(next);
        }
    }

    private @Nullable Tenure adopt(final Seat seat, final Worker worker) {
        final Tenure next = new Tenure(seat, worker);
        if (pool.arrived(next)) {
            return next;
        }
        worker.close();
        return null;
    }

    /** Under the lock: has a process that takes nothing new end when its task and its calls have. */
    void letGo(final Tenure tenure) {
        leaving.add(tenure);
        run("outrider-leave-" + tenure.worker.id(), () -> end(tenure));
    }

    /** Under the lock, which it gives up meanwhile: waits until such a process has ended, or is left to whoever closes the pool. */
    void awaitGone(final Tenure tenure) {
        boolean interrupted = false;
        while (leaving.contains(tenure) && !pool.isClosed()) {
            try {
                lock.wait();
            } catch (final InterruptedException e) { // every step is bounded
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(final Tenure tenure) {
        boolean interrupted = false;
        synchronized (lock) {
            while (tenure.busy && tenure.worker.isAlive() && !pool.isClosed()) { // however long its task takes
                try {
                    lock.wait();
                } catch (final InterruptedException e) { // this thread is nobody's to interrupt
                    interrupted = true;
                }
            }
        }
        if (!pool.isClosed()) {
            tenure.worker.drain();
            tenure.worker.awaitDrained(drainTimeout);
            tenure.worker.close();
        } // else whoever closes the pool ends it
        synchronized (lock) {
            if (!pool.isClosed()) {
                leaving.remove(tenure);
            }
        }
        if (interrupted) {
            LOG.debug("a thread that ends workers was interrupted, which means nothing to it");
        }
    }

    private void run(final String name, final Runnable work) {
        final Thread thread = new Thread(
                () -> {
                    work.run();
                    synchronized (lock) {
                        threads.remove(Thread.currentThread());
                        lock.notifyAll();
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private boolean pauseUnlessClosed(final long ms) {
        final long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        synchronized (lock) {
            while (!pool.isClosed() && System.nanoTime() - untilNs < 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.max(1_000_000, untilNs - System.nanoTime()));
                } catch (final InterruptedException e) { // nobody's to interrupt, and may as well go on
                    return pool.isClosed();
                }
            }
            return pool.isClosed();
        }
    }

    /** Under the lock: the processes that take nothing new. */
    List<Worker> leaving() {
        return leaving.stream().map(tenure -> tenure.worker).toList();
    }

    /** Under the lock: whether a process that takes nothing new still has a task. */
    boolean isBusy() {
        return leaving.stream().anyMatch(tenure -> tenure.busy && tenure.worker.isAlive());
    }

    /** Waits for its threads; for when the pool is closed and what they wait for is over. */
    void awaitEnd() {
        final List<Thread> left;
        synchronized (lock) {
            left = new ArrayList<>(threads);
        }
        boolean interrupted = false;
        for (final Thread thread : left) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) { // each is bounded
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

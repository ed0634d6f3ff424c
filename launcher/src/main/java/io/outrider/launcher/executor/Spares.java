package io.outrider.launcher.executor;

import io.outrider.config.OutriderConfig;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerStartException;
import io.outrider.launcher.executor.WorkerFactory.Start;
import io.outrider.launcher.process.LaunchOptions;
import io.outrider.telemetry.Log;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Workers that are ready and wait to be added. Each has its id from the start, since its initializer is given it, and keeps it when
 * it is added. One that is taken or dies is replaced, on a thread of its own. Safe from any thread.
 */
final class Spares implements AutoCloseable {
    private static final Log LOG = Log.of(Spares.class);
    /** Before one that died is replaced, doubled each time: what kills them at once should not keep the machine busy with starts. */
    private static final long PAUSE_MS = 250;

    private static final int MAX_DOUBLINGS = 7;
    /** Before one that was taken is replaced: its first calls should not compete with a JVM that boots. */
    private static final long REPLACE_PAUSE_MS = 50;

    private final OutriderConfig config;
    private final WorkerFactory factory;
    private final LaunchOptions options;
    private final IntSupplier nextId;
    private final Deque<Worker> ready = new ArrayDeque<>(); // guarded by this
    private int starting; // for the first time; guarded by this
    private boolean closed; // guarded by this

    Spares(
            final OutriderConfig config,
            final WorkerFactory factory,
            final LaunchOptions options,
            final IntSupplier nextId) {
        this.config = config;
        this.factory = factory;
        this.options = options;
        this.nextId = nextId;
    }

    /** Begins to start as many as the settings say. */
    void start() {
        for (int i = 0; i < config.start().spares(); i++) {
            begin(nextId.getAsInt(), 1, 0);
        }
    }

    /**
     * Takes a spare, which is replaced. Waits for one that is starting, since it will be ready sooner than any other.
     *
     * @return the worker, or null if there is none
     * @throws WorkerStartException if the thread is interrupted; its status stays set
     */
    @Nullable
    Worker take() {
        while (true) {
            final Worker worker = awaitReady();
            if (worker == null) {
                return null;
            }
            if (worker.isAlive()) {
                begin(nextId.getAsInt(), 1, REPLACE_PAUSE_MS);
                return worker;
            }
            replace(worker);
        }
    }

    /** Takes a spare if one is ready, which is replaced; null at once if none is. */
    @Nullable
    Worker takeReady() {
        while (true) {
            final Worker worker;
            synchronized (this) {
                worker = closed ? null : ready.pollFirst();
            }
            if (worker == null) {
                return null;
            }
            if (worker.isAlive()) {
                begin(nextId.getAsInt(), 1, REPLACE_PAUSE_MS);
                return worker;
            }
            replace(worker);
        }
    }

    private synchronized @Nullable Worker awaitReady() {
        while (ready.isEmpty() && starting > 0 && !closed) {
            try {
                wait();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new WorkerStartException("interrupted while a spare worker was starting", e);
            }
        }
        return closed ? null : ready.pollFirst();
    }

    private void begin(final int workerId, final int incarnation, final long pauseMs) {
        synchronized (this) {
            starting += incarnation == 1 ? 1 : 0;
        }
        final Thread thread = new Thread(() -> startOne(workerId, incarnation, pauseMs), "outrider-spare-" + workerId);
        thread.setDaemon(true);
        thread.start();
    }

    private void startOne(final int workerId, final int incarnation, final long pauseMs) {
        try {
            if (awaitClosed(pauseMs)) {
                return;
            }
            factory.start(new Start(workerId, incarnation, options), config, worker -> {
                worker.afterDeath(() -> died(worker));
                worker.open();
                Rehearsal.run(worker);
                offer(worker);
            });
        } catch (final OutriderException failure) {
            if (!awaitClosed(0)) {
                LOG.warn("the spare worker {} did not start, which will be tried again", workerId, failure);
                beginAgain(workerId, incarnation);
            }
        } finally {
            synchronized (this) {
                starting -= incarnation == 1 ? 1 : 0;
                notifyAll();
            }
        }
    }

    private void offer(final Worker worker) {
        boolean died = false;
        synchronized (this) {
            ready.addLast(worker);
            notifyAll();
            died = !worker.isAlive() && ready.remove(worker);
        }
        if (died) {
            replace(worker);
        }
    }

    private void died(final Worker worker) {
        final boolean mine;
        synchronized (this) {
            mine = ready.remove(worker);
        }
        if (mine) {
            replace(worker);
        }
    }

    /** For whoever removed it from those that are ready. */
    private void replace(final Worker dead) {
        LOG.warn("a spare worker died and is replaced: {}", dead.death());
        beginAgain(dead.id(), dead.incarnation());
    }

    private void beginAgain(final int workerId, final int incarnation) {
        begin(workerId, incarnation + 1, PAUSE_MS << Math.min(incarnation, MAX_DOUBLINGS));
    }

    private synchronized boolean awaitClosed(final long pauseMs) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
        long leftMs = pauseMs;
        while (!closed && leftMs > 0) {
            try {
                wait(leftMs);
            } catch (final InterruptedException e) { // this thread is nobody's to interrupt, and may as well go on
                return closed;
            }
            leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        }
        return closed;
    }

    /** Replaces no more. Those that are starting are the factory's to cancel, those that are ready the caller's to take by {@link #drain}. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Hands out those that are ready, for the caller to end. */
    synchronized List<Worker> drain() {
        final List<Worker> all = new ArrayList<>(ready);
        ready.clear();
        return all;
    }
}

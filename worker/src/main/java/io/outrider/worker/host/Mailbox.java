package io.outrider.worker.host;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The calls of one object that can't run on the dispatcher at once: they wait here in order, and at most a given number of
 * them run at a time, on threads of a pool. While nothing is here the dispatcher runs calls of a serial object itself and
 * never takes the lock. Safe from any thread.
 */
public final class Mailbox {
    private final int concurrency;
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private int running; // guarded by this
    private volatile boolean busy; // running > 0; written under the lock

    public Mailbox(final int concurrency, final Executor threads) {
        this.concurrency = concurrency;
        this.threads = threads;
    }

    /** Whether calls wait or run here, so that a call that comes now must wait behind them. */
    public boolean isBusy() {
        return busy;
    }

    /** Runs a call on a thread of the pool, after those that came before. */
    public void add(final Runnable call) {
        synchronized (this) {
            waiting.add(call);
            if (running == concurrency) {
                return;
            }
            running++;
            busy = true;
        }
        threads.execute(this::drain);
    }

    /** A call that began on the dispatcher counts as running here from now on, until its thread calls {@link #drain}. */
    public synchronized void occupy() {
        running++;
        busy = true;
    }

    /** On a thread that counts as running: runs what waits, until nothing does. */
    public void drain() {
        Runnable next = next();
        while (next != null) {
            next.run();
            next = next();
        }
    }

    private synchronized Runnable next() {
        final Runnable next = waiting.poll();
        if (next == null) {
            running--;
            busy = running > 0;
        }
        return next;
    }
}

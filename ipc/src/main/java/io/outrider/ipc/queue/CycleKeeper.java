package io.outrider.ipc.queue;

import io.outrider.telemetry.Log;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does for the lanes of one side what must not hold up a caller: file operations, and touching memory before it is needed. A
 * daemon thread of its own, which sleeps until it is woken; {@link #wake} may be called from any thread and doesn't block.
 */
final class CycleKeeper implements Runnable, AutoCloseable {
    /** One kind of work. */
    @FunctionalInterface
    interface Chore {
        /**
         * Does what there is to do.
         *
         * @return false if it must be tried again soon
         */
        boolean doWork();
    }

    private static final Log LOG = Log.of(CycleKeeper.class);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Thread thread;
    private volatile List<Chore> chores = List.of();
    private volatile boolean woken;
    private volatile boolean closed;

    /** @param name of the thread */
    CycleKeeper(final String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    /**
     * Starts the thread.
     *
     * @param all that there is to do
     */
    void start(final List<Chore> all) {
        chores = all;
        woken = true;
        thread.start();
    }

    /** Has every chore looked at, soon. */
    void wake() {
        woken = true; // before the unpark, so that a keeper on its way to sleep sees it
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!closed) {
            if (!woken) {
                LockSupport.park(this);
                continue;
            }
            woken = false;
            if (!doWork()) {
                LockSupport.parkNanos(this, RETRY_NS);
                woken = true;
            }
        }
    }

    /** Stops the thread and waits until it has ended. Idempotent. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true; // its files are about to be unmapped: it must have ended
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean doWork() {
        boolean done = true;
        for (final Chore chore : chores) {
            try {
                done &= chore.doWork();
            } catch (final RuntimeException e) {
                LOG.error("{} failed; its lane may come to a halt", chore, e);
            }
        }
        return done;
    }
}

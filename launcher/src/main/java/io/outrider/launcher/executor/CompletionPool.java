package io.outrider.launcher.executor;

import io.outrider.telemetry.Log;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where futures are completed if the user names no other executor. A thread for each completion that runs, since what depends
 * on a future may itself wait for another one; how many there can be at once follows from the calls in flight.
 */
public final class CompletionPool implements Executor, AutoCloseable {
    private static final Log LOG = Log.of(CompletionPool.class);
    private static final long IDLE_SECONDS = 5;
    private static final long CLOSE_SECONDS = 2;

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);

    private Thread newThread(final Runnable task) {
        final Thread thread = new Thread(task, "outrider-completion-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(final Runnable completion) {
        threads.execute(completion);
    }

    /** Ends the threads; what depends on a future and does not end in time is left to end by itself. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} dependents of futures are still running", threads.getActiveCount());
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.outrider.worker.host;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a worker that lead and run calls: as many as are busy, daemons, with the loader of user code as their context. Safe from
 * any thread.
 */
final class WorkerThreads implements Executor, AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final AtomicInteger count = new AtomicInteger();
    private final ClassLoader loader;
    private final LeaderPin pin;
    private final ExecutorService pool;

    WorkerThreads(final ClassLoader loader, final LeaderPin pin) {
        this.loader = loader;
        this.pin = pin;
        this.pool = new ThreadPoolExecutor(
                1, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::newThread);
    }

    private Thread newThread(final Runnable work) {
        final Runnable unpinned = () -> {
            pin.follow();
            work.run();
        };
        final Thread thread = new Thread(unpinned, "outrider-call-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    /** Where the one that leads is pinned. */
    LeaderPin pin() {
        return pin;
    }

    @Override
    public void execute(final Runnable work) {
        pool.execute(work);
    }

    /** Interrupts what runs, and takes no more. Does not wait. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}

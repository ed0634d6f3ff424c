package io.outrider.launcher.local;

import io.outrider.error.ConfigurationException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of threads, started as they are needed. Work that one of them brings is run by another that is free, or else by the
 * bringer itself, at once: so work that waits for work that it brought always comes to an end, on a single thread too. Safe from
 * any thread.
 */
final class LocalThreads implements Executor {
    private static final int MAX_WIDTH = 32_767;
    private static final long IDLE_SECONDS = 30;

    private final int width;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger load = new AtomicInteger(); // what was taken and has not ended
    private final ThreadPoolExecutor pool;

    /** One of the threads, and whose. */
    private static final class Member extends Thread {
        private final LocalThreads owner;

        Member(final LocalThreads owner, final Runnable work, final String name) {
            super(work, name);
            this.owner = owner;
            setDaemon(true);
        }
    }

    LocalThreads(final int width) {
        if (width < 1 || width > MAX_WIDTH) {
            throw new ConfigurationException("threads is " + width + ": it must be from 1 to " + MAX_WIDTH);
        }
        this.width = width;
        this.pool = new ThreadPoolExecutor(
                width, width, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);
        pool.allowCoreThreadTimeOut(true);
    }

    private Thread newThread(final Runnable work) {
        return new Member(this, work, "outrider-thread-" + count.incrementAndGet());
    }

    int width() {
        return width;
    }

    /** Whether the calling thread is one of these. */
    boolean isOwn() {
        return Thread.currentThread() instanceof Member member && member.owner == this;
    }

    @Override
    public void execute(final Runnable work) {
        if (isOwn() && !takesMore()) {
            work.run();
            return;
        }
        if (!isOwn()) {
            load.incrementAndGet();
        }
        pool.execute(() -> {
            try {
                work.run();
            } finally {
                load.decrementAndGet();
            }
        });
    }

    /** Takes one more if a thread is surely free for it: then it waits for nothing. */
    private boolean takesMore() {
        int now = load.get();
        while (now < width) {
            if (load.compareAndSet(now, now + 1)) {
                return true;
            }
            now = load.get();
        }
        return false;
    }

    /** Ends the threads once what they have is done; false if that takes longer. */
    boolean end(final long timeoutNs) throws InterruptedException {
        pool.shutdown();
        return pool.awaitTermination(timeoutNs, TimeUnit.NANOSECONDS);
    }

    /** Interrupts what runs, and drops what waits. */
    void cut() {
        pool.shutdownNow();
    }
}

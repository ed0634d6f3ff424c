package io.outrider.launcher.executor;

import io.outrider.config.PoolConfig;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks after a pool from time to time, on a thread of its own, where the settings say that there is something to look after. */
final class Upkeep implements AutoCloseable {
    private static final long MIN_PERIOD_NS = Duration.ofMillis(20).toNanos();
    private static final long MAX_PERIOD_NS = Duration.ofSeconds(1).toNanos();
    private static final int LOOKS = 8;

    private final Pool pool;
    private final PoolConfig settings;
    private final Thread thread = new Thread(this::run, "outrider-upkeep");
    private volatile boolean closed;

    Upkeep(final Pool pool, final PoolConfig settings) {
        this.pool = pool;
        this.settings = settings;
        this.thread.setDaemon(true);
    }

    void start() {
        if (settings.maxAge() != null || settings.idleTimeout() != null || settings.maxMemory() < Long.MAX_VALUE) {
            thread.start();
        }
    }

    private void run() {
        final long periodNs =
                Math.max(MIN_PERIOD_NS, Math.min(periodOf(settings.maxAge()), periodOf(settings.idleTimeout())));
        while (!closed) {
            pool.upkeep(System.nanoTime());
            Thread.interrupted(); // nobody's to interrupt, and a set status would turn parking into spinning
            LockSupport.parkNanos(this, periodNs);
        }
    }

    private static long periodOf(final @Nullable Duration limit) {
        return limit == null ? MAX_PERIOD_NS : Math.min(MAX_PERIOD_NS, limit.toNanos() / LOOKS);
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) { // it ends at its next look
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.outrider.engine.endpoint;

import io.outrider.telemetry.Log;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Tells workers which references have arrived in this process and which it needs no more, many at a time, on a thread of its
 * own. Safe from any thread.
 */
final class Guards implements AutoCloseable {
    private static final Log LOG = Log.of(Guards.class);
    private static final long ROUND_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int AT_ONCE = 4_096;

    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final Guard ring = new Guard(); // of those that wait: memory goes with each. Guarded by itself
    private final Supplier<Collection<Endpoint>> endpoints;
    private final Runnable tend;
    private final Thread thread = new Thread(this::run, "outrider-references");
    private volatile boolean idle;
    private volatile boolean closed;

    /**
     * @param endpoints that are told
     * @param tend done in each round; must not block
     */
    Guards(final Supplier<Collection<Endpoint>> endpoints, final Runnable tend) {
        this.endpoints = endpoints;
        this.tend = tend;
        thread.setDaemon(true);
    }

    Guards start() {
        thread.start();
        return this;
    }

    /**
     * Has something done once nothing refers to an object any more; that must not block, nor refer to the object.
     *
     * @return has it done now, unless it was
     */
    Runnable guard(final Object guarded, final Runnable then) {
        final Guard guard = new Guard(guarded, then, queue);
        synchronized (ring) {
            guard.putBefore(ring);
        }
        if (idle) {
            LockSupport.unpark(thread);
        }
        return () -> actOnce(guard);
    }

    private void actOnce(final Guard guard) {
        final boolean first;
        synchronized (ring) {
            first = guard.tryTakeOut();
        }
        if (first) {
            guard.clear();
            guard.act();
        }
    }

    private void run() {
        while (!closed) {
            boolean more = false;
            try {
                more = actOnGone();
                for (final Endpoint endpoint : endpoints.get()) {
                    more |= endpoint.settle();
                }
                tend.run();
            } catch (final RuntimeException failure) { // keeps the thread: without it nothing would ever be let go
                LOG.error("references are looked after in spite of a failure", failure);
            }
            if (!more) {
                pause();
            }
        }
    }

    private boolean actOnGone() {
        for (int i = 0; i < AT_ONCE; i++) {
            final Reference<?> gone = queue.poll();
            if (gone == null) {
                return false;
            }
            actOnce((Guard) gone);
        }
        return true;
    }

    /** Without anything to guard there is nothing to wait for, but one to begin with. */
    private void pause() {
        idle = isEmpty();
        if (idle && isEmpty() && !closed) {
            LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
        } else {
            LockSupport.parkNanos(this, ROUND_NS);
        }
        idle = false;
        Thread.interrupted(); // by user code that walks all threads; a set status would turn parking into spinning
    }

    private boolean isEmpty() {
        synchronized (ring) {
            return ring.isAlone();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (final InterruptedException e) { // a round is short
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

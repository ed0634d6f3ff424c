package io.outrider.worker.host;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runners that are free, and those that run a queued call with the thread on which they do. Safe from any thread. */
final class Runners {
    private static final int MAX_SPARE = 64;

    private final ConcurrentLinkedDeque<CallRunner> spare = new ConcurrentLinkedDeque<>();
    private final AtomicInteger spares = new AtomicInteger();
    private final Map<CallRunner, Thread> running = new ConcurrentHashMap<>();
    private final Supplier<CallRunner> maker;

    Runners(final Supplier<CallRunner> maker) {
        this.maker = maker;
    }

    CallRunner borrow() {
        final @Nullable CallRunner free = spare.pollFirst();
        if (free == null) {
            return maker.get();
        }
        spares.decrementAndGet();
        return free;
    }

    void giveBack(final CallRunner runner) {
        if (spares.incrementAndGet() <= MAX_SPARE) {
            spare.addFirst(runner);
        } else {
            spares.decrementAndGet();
        }
    }

    /** Runs a queued call, known as running meanwhile. */
    void run(final CallRunner runner, final HostedObject object) {
        running.put(runner, Thread.currentThread());
        try {
            runner.run(object);
        } finally {
            running.remove(runner);
        }
    }

    void interruptAll() {
        running.values().forEach(Thread::interrupt);
    }
}

package io.outrider.worker.host;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The runners that are free, and those that run a queued call with the thread on which they do. Safe from any thread. */
final class Runners {
    private static final int MAX_SPARE = 64;

    private final ConcurrentLinkedDeque<CallRunner> spare = new ConcurrentLinkedDeque<>();
    private final AtomicInteger spares = new AtomicInteger();
    private final Map<CallRunner, Thread> running = new ConcurrentHashMap<>();
    private final Function<Runners, CallRunner> maker;
    private final Runnable upkeep;
    private final Consumer<Throwable> fatal;

    /**
     * @param maker makes a runner
     * @param upkeep what is to be done now and then beside the calls
     * @param fatal told of what ends the worker
     */
    Runners(final Function<Runners, CallRunner> maker, final Runnable upkeep, final Consumer<Throwable> fatal) {
        this.maker = maker;
        this.upkeep = upkeep;
        this.fatal = fatal;
    }

    CallRunner borrow() {
        final @Nullable CallRunner free = spare.pollFirst();
        if (free == null) {
            return maker.apply(this);
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

    /** Has the outcome of a method that returned a stage sent once that is complete, on the thread that completes it. */
    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    void answerLater(final CompletionStage<?> stage, final long correlationId, final HostedObject object) {
        stage.whenComplete((value, failure) -> {
            try {
                final CallRunner runner = borrow();
                runner.answer(correlationId, object, value, failure);
                giveBack(runner);
            } catch (final Throwable broken) { // of the lane, since what can't be sent is answered with a refusal
                fatal.accept(broken);
            }
        });
    }

    /** To be called now and then, at least every second or so. */
    void upkeep() {
        upkeep.run();
    }

    void interruptAll() {
        running.values().forEach(Thread::interrupt);
    }
}

package io.outrider.worker.host;

import io.outrider.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runners that are free, and the calls that are queued or run from a queue. Safe from any thread. */
final class Runners {
    private static final int MAX_SPARE = 64;

    private final ConcurrentLinkedDeque<CallRunner> spare = new ConcurrentLinkedDeque<>();
    private final AtomicInteger spares = new AtomicInteger();
    private final Map<Long, QueuedCall> queued = new ConcurrentHashMap<>(); // by correlation id, until they have ended
    private final Supplier<CallRunner> maker;
    private final Consumer<Throwable> failed;

    /**
     * @param maker makes a runner
     * @param failed told of a failure of the lane
     */
    Runners(final Supplier<CallRunner> maker, final Consumer<Throwable> failed) {
        this.maker = maker;
        this.failed = failed;
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

    /** Has a call that was taken from the lane run when its object has the time. */
    void queue(final CallRunner taken, final HostedObject object) {
        final CallRunner runner = borrow();
        runner.takeFrom(taken);
        final QueuedCall call = new QueuedCall(this, runner, object);
        queued.put(call.correlationId(), call);
        object.mailbox().add(call);
    }

    /** For the call itself: runs it on this thread. */
    void run(final QueuedCall call, final CallRunner runner, final HostedObject object) {
        runner.enter();
        try {
            runner.run(object);
        } catch (final Throwable failure) { // of the lane, since a call answers for its own
            failed.accept(failure);
        }
        runner.phase().leave();
        ended(call, runner);
    }

    /** For the call itself: answers it on this thread. */
    void refuse(final QueuedCall call, final CallRunner runner, final ErrorCode code, final String message) {
        try {
            runner.refuse(code, message);
        } catch (final Throwable failure) {
            failed.accept(failure);
        }
        ended(call, runner);
    }

    private void ended(final QueuedCall call, final CallRunner runner) {
        queued.remove(call.correlationId());
        giveBack(runner);
    }

    /** The call with an id that is queued or runs from a queue; null if there is none. */
    @Nullable
    QueuedCall find(final long correlationId) {
        return queued.get(correlationId);
    }

    /**
     * Ends the calls whose time is up: those that wait are answered, on other threads, and those that run are interrupted.
     *
     * @return how long until that is due again, in nanoseconds; {@link Long#MAX_VALUE} if there is nothing to wait for
     */
    long expire(final Executor threads) {
        long next = Long.MAX_VALUE;
        for (final QueuedCall call : queued.values()) {
            final long remainingNs = call.remainingNs();
            if (remainingNs > 0) {
                next = Math.min(next, remainingNs);
            } else if (call.hasBegun()) {
                call.interrupt(RunPhase.EXPIRED);
            } else {
                threads.execute(() -> call.refuse(
                        ErrorCode.TIMEOUT, call + " was not called: it waited in the worker until its deadline"));
            }
        }
        return next;
    }

    void interruptAll() {
        queued.values().forEach(QueuedCall::interrupt);
    }
}

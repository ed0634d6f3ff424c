package io.outrider.worker.host;

import io.outrider.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The runners that are free, and the calls that are queued or run from a queue. Safe from any thread. */
final class Runners {
    private static final int MAX_SPARE = 64;

    private final ConcurrentLinkedDeque<CallRunner> spare = new ConcurrentLinkedDeque<>();
    private final AtomicInteger spares = new AtomicInteger();
    private final Map<CallKey, QueuedCall> queued = new ConcurrentHashMap<>(); // until they have ended
    private final Map<CallKey, DeferredCall> deferred = new ConcurrentHashMap<>(); // until they are answered
    private final Function<Runners, CallRunner> maker;
    private final Consumer<Throwable> fatal;

    /**
     * @param maker makes a runner
     * @param fatal told of what ends the worker
     */
    Runners(final Function<Runners, CallRunner> maker, final Consumer<Throwable> fatal) {
        this.maker = maker;
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

    /** Has a call that was taken from the lane run when its object has the time. */
    void queue(final CallRunner taken, final HostedObject object) {
        final CallRunner runner = borrow();
        runner.takeFrom(taken);
        runner.client().enter();
        final QueuedCall call = new QueuedCall(this, runner, object);
        queued.put(call.key(), call);
        object.mailbox().add(call);
    }

    /** For the call itself: runs it on this thread. */
    void run(final QueuedCall call, final CallRunner runner, final HostedObject object) {
        runner.enter();
        call.interruptIfAsked();
        try {
            runner.run(object);
        } catch (final Throwable failure) { // of the lane, since a call answers for its own
            fatal.accept(failure);
        }
        runner.phase().leave();
        ended(call, runner);
    }

    /** For the call itself: answers it on this thread. */
    void refuse(final QueuedCall call, final CallRunner runner, final ErrorCode code, final String message) {
        try {
            runner.refuse(code, message);
        } catch (final Throwable failure) {
            fatal.accept(failure);
        }
        ended(call, runner);
    }

    private void ended(final QueuedCall call, final CallRunner runner) {
        queued.remove(call.key());
        runner.client().leave();
        giveBack(runner);
    }

    /**
     * Ends the calls whose time is up: those that wait are answered, on other threads, those that run are interrupted, and
     * stages that are not complete are cancelled.
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
        for (final DeferredCall call : deferred.values()) {
            final long remainingNs = call.remainingNs();
            if (remainingNs > 0) {
                next = Math.min(next, remainingNs);
            } else {
                threads.execute(() -> refuse(
                        call,
                        ErrorCode.TIMEOUT,
                        "the stage that " + call + " returned was not complete at the deadline of the call"));
            }
        }
        return next;
    }

    /** Has the outcome of a method that returned a stage sent once that is complete, on the thread that completes it. */
    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    void answerLater(final CallRunner begun, final CompletionStage<?> stage, final HostedObject object) {
        final CallKey key = begun.key();
        final DeferredCall call = new DeferredCall(
                key, begun.client(), stage, begun.remainingNs(key), object.method(begun.method()) + " on " + object);
        deferred.put(key, call);
        stage.whenComplete((value, failure) -> {
            if (call.claim()) {
                answer(call, runner -> runner.answer(key.correlationId(), object, value, failure));
            }
        });
    }

    private void answer(final DeferredCall call, final Consumer<CallRunner> how) {
        deferred.remove(call.key());
        final ClientLink client = call.client();
        if (!client.tryEnter()) {
            return; // whoever asked is gone
        }
        try {
            final CallRunner runner = borrow();
            runner.from(client);
            how.accept(runner);
            giveBack(runner);
            client.leave();
        } catch (final Throwable broken) { // of the lane, since what can't be sent is answered with a refusal
            fatal.accept(broken);
        }
    }

    private void refuse(final DeferredCall call, final ErrorCode code, final String message) {
        if (call.claim()) {
            answer(call, runner -> runner.refuse(call.key().correlationId(), code, message));
            call.cancelStage();
        }
    }

    /** The caller gives a call up, which is no leader's: it is not begun any more, and may be interrupted if it has begun. */
    void cancel(final CallKey key, final boolean interrupt) {
        final QueuedCall waiting = queued.get(key);
        if (waiting != null
                && !waiting.refuse(ErrorCode.REJECTED, waiting + " was cancelled before it began")
                && interrupt) {
            waiting.interrupt(0);
        }
        final DeferredCall later = interrupt ? deferred.get(key) : null;
        if (later != null) {
            refuse(later, ErrorCode.REJECTED, later + " was cancelled");
        }
    }

    void interruptAll() {
        queued.values().forEach(QueuedCall::interrupt);
    }
}

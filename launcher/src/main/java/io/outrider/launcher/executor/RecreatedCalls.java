package io.outrider.launcher.executor;

import io.outrider.engine.AsyncCallPort;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Routes the calls of a stub to the object as it is now, and those that may run twice to the next one if it dies meanwhile: with the same
 * bytes, within the same time. Safe from any thread; one call belongs to one thread at a time.
 */
final class RecreatedCalls<T> implements AsyncCallPort {
    /** So much of its time a call may spend on its way to the worker and still be said to have had the whole. */
    private static final long WHOLE_NS = 1_000_000;

    private final RecreatedObject<T> object;
    private final ObjectRef ref;

    /**
     * @param object where calls go
     * @param ref what the stub stands for, with the time limit of each call
     */
    RecreatedCalls(final RecreatedObject<T> object, final ObjectRef ref) {
        this.object = object;
        this.ref = ref;
    }

    /** What the stub stands for, whichever object stands behind it: nobody listens at its address. */
    ObjectRef ref() {
        return ref;
    }

    /** A call on its way to one object or, later, another. */
    private final class Routed implements OutgoingCall {
        private final long begunNs = System.nanoTime();
        private final int method;
        private final long timeoutNs;
        private ObjectHandle<T> target;
        private OutgoingCall call;
        private boolean streams;

        Routed(final int method) {
            this.method = method;
            this.timeoutNs = ref.forCall(method).timeoutNs();
            this.target = next(null);
            this.call = begin();
        }

        /** What is left of its time; {@link Long#MAX_VALUE} if it has all the time. */
        long remainingNs() {
            return timeoutNs == 0 ? Long.MAX_VALUE : begunNs + timeoutNs - System.nanoTime();
        }

        private ObjectHandle<T> next(final @Nullable ObjectHandle<T> before) {
            try {
                return object.current(before, remainingNs());
            } catch (final OutriderException none) {
                throw remainingNs() <= 0 ? timeout(none) : none;
            }
        }

        CallTimeoutException timeout(final Throwable why) {
            return new CallTimeoutException(
                    "no outcome of " + this + " after " + Duration.ofNanos(timeoutNs) + ": its worker has died", why);
        }

        private OutgoingCall begin() {
            while (true) {
                try {
                    return target.port().begin(timed(target.ref()), method);
                } catch (final WorkerDiedException unsent) {
                    target = next(target);
                }
            }
        }

        private ObjectRef timed(final ObjectRef ref) {
            if (timeoutNs == 0) {
                return ref;
            }
            final long leftNs = Math.max(1, remainingNs());
            return ref.within(timeoutNs - leftNs < WHOLE_NS ? timeoutNs : leftNs);
        }

        /** Begins again with the next object, with the same arguments. */
        void moveOn() {
            final byte[] arguments = call.arguments().body();
            target.port().end(call); // before the wait: the link of the dead is let go when nothing is in it
            moveOn(arguments);
        }

        void moveOn(final byte[] arguments) {
            target = next(target);
            call = begin();
            call.arguments().putBody(arguments);
        }

        /** Whether its arguments are bytes and nothing else: what was handed over, or is pulled from, is gone with the object. */
        boolean isPlain() {
            return !streams && call.arguments().isPlain();
        }

        @Override
        public ValueWriter arguments() {
            return call.arguments();
        }

        @Override
        public void putStream(final Object source, final int parameter) {
            streams = true;
            call.putStream(source, parameter);
        }

        @Override
        public ValueReader result() {
            return call.result();
        }

        @Override
        public String toString() {
            return object.contract().method(method) + " on " + object;
        }
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        return new Routed(method);
    }

    @SuppressWarnings("unchecked") // begin made it
    private Routed routed(final OutgoingCall outgoing) {
        return (Routed) outgoing;
    }

    @Override
    public boolean invoke(final OutgoingCall outgoing) {
        final Routed routed = routed(outgoing);
        while (true) {
            try {
                return routed.target.port().invoke(routed.call);
            } catch (final WorkerDiedException died) {
                if (!object.mayRunTwice(routed.method) || !routed.isPlain()) {
                    throw died;
                }
                routed.moveOn();
            }
        }
    }

    /** A stream belongs to the object that is there now: if that dies it ends, and the next call begins with the next object. */
    @Override
    public @Nullable Object open(final OutgoingCall outgoing) {
        final Routed routed = routed(outgoing);
        return routed.target.port().open(routed.call);
    }

    /** Sends a call in one of the ways that do not wait. */
    private interface Sender {
        CompletableFuture<?> send(AsyncCallPort port, OutgoingCall call);
    }

    @Override
    public CompletableFuture<?> sendAsync(final OutgoingCall outgoing, final Executor completion) {
        return send(routed(outgoing), (port, call) -> port.sendAsync(call, completion), completion);
    }

    @Override
    public CompletableFuture<?> defer(final OutgoingCall outgoing) {
        return send(routed(outgoing), AsyncCallPort::defer, object.completion());
    }

    private CompletableFuture<?> send(final Routed routed, final Sender sender, final Executor completion) {
        final boolean plain = routed.isPlain();
        if (plain && object.mayRunTwice(routed.method)) {
            return new RepeatedCall(routed, sender, completion).begin();
        }
        while (true) {
            try {
                return sender.send(routed.target.port(), routed.call);
            } catch (final WorkerDiedException unsent) { // or else the future would tell
                if (!plain) {
                    throw unsent;
                }
                routed.moveOn();
            }
        }
    }

    /** The future of a call that is sent again to the next object each time that its worker dies. */
    private final class RepeatedCall extends AttemptedFuture<@Nullable Object> {
        private final Routed routed;
        private final byte[] arguments;
        private final Sender sender;
        private final Executor completion;

        RepeatedCall(final Routed routed, final Sender sender, final Executor completion) {
            this.routed = routed;
            this.arguments = routed.arguments().body();
            this.sender = sender;
            this.completion = completion;
        }

        /** Sends it for the first time, on the thread that makes the call; throws what it can't be sent for. */
        RepeatedCall begin() {
            while (true) {
                try {
                    send();
                    return this;
                } catch (final WorkerDiedException unsent) {
                    routed.moveOn();
                }
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
        private void send() {
            final CompletableFuture<?> attempt = sender.send(routed.target.port(), routed.call);
            attempted(attempt);
            attempt.whenComplete((value, failure) -> {
                if (failure instanceof WorkerDiedException died && !isDone()) {
                    again(died);
                } else if (failure != null) {
                    completeExceptionally(failure);
                } else {
                    complete(value);
                }
            });
        }

        private void again(final WorkerDiedException died) {
            if (routed.timeoutNs != 0) {
                CompletableFuture.delayedExecutor(Math.max(0, routed.remainingNs()), TimeUnit.NANOSECONDS, completion)
                        .execute(() -> expireUnlessAttempted(died));
            }
            object.whenMadeAgain(this::sendAgain);
        }

        /** For the time between two attempts: each of them knows its deadline by itself. */
        private void expireUnlessAttempted(final WorkerDiedException died) {
            if (!isUnderWay()) {
                completeExceptionally(routed.timeout(died));
            }
        }

        private void sendAgain() {
            if (isDone()) {
                return; // cancelled, or its time was up
            }
            try {
                routed.moveOn(arguments);
            } catch (final RuntimeException | Error none) { // of its settings, or there is no object any more
                completeOn(none);
                return;
            }
            try {
                send();
            } catch (final WorkerDiedException died) {
                end(routed);
                again(died);
            } catch (final RuntimeException | Error unsendable) {
                end(routed);
                completeOn(unsendable);
            }
        }

        private void completeOn(final Throwable failure) {
            try {
                completion.execute(() -> completeExceptionally(failure));
            } catch (final RuntimeException | Error refused) { // of the user's executor
                failure.addSuppressed(refused);
                completeExceptionally(failure);
            }
        }
    }

    @Override
    public void end(final OutgoingCall outgoing) {
        final Routed routed = routed(outgoing);
        routed.target.port().end(routed.call);
    }

    @Override
    public RuntimeException fail(final OutgoingCall outgoing, final Throwable failure) {
        final Routed routed = routed(outgoing);
        return routed.target.port().fail(routed.call, failure);
    }
}

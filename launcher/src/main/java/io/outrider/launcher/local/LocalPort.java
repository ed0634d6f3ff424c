package io.outrider.launcher.local;

import io.outrider.api.LoanArena;
import io.outrider.api.Outcome;
import io.outrider.contract.StreamShape;
import io.outrider.engine.AsyncCallPort;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.marshal.ValueKinds;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.worker.host.HostedObject;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Takes the calls of one object to that object, in this process. Safe from any thread. */
final class LocalPort implements AsyncCallPort {
    private final LocalHost host;
    private final HostedObject object;
    private final Turns turns;

    LocalPort(final LocalHost host, final HostedObject object, final Turns turns) {
        this.host = host;
        this.object = object;
        this.turns = turns;
    }

    @Override
    public LocalCall begin(final ObjectRef ref, final int method) {
        if (ref.isClosed()) {
            throw new ClosedException(ref + " was closed: the call was not sent");
        }
        host.requireOpen();
        return new LocalCall(ref, method, object, host.borrowBuffers());
    }

    @Override
    public boolean invoke(final OutgoingCall outgoing) {
        final LocalCall call = (LocalCall) outgoing;
        host.track(call);
        try {
            call.send(turns);
            call.await();
        } finally {
            host.untrack(call);
        }
        call.openOutcome();
        return true;
    }

    @Override
    public Object open(final OutgoingCall outgoing) {
        final LocalCall call = (LocalCall) outgoing;
        invoke(call);
        final Object generator = call.generator();
        final StreamShape shape = Objects.requireNonNull(
                call.ref().contract().method(call.method()).yields());
        call.end();
        return LocalGenerator.of(host, call.ref(), generator, shape);
    }

    @Override
    public CompletableFuture<?> defer(final OutgoingCall call) {
        return sendAsync(call, host.completion());
    }

    @Override
    public CompletableFuture<?> sendAsync(final OutgoingCall outgoing, final Executor completion) {
        final LocalCall call = (LocalCall) outgoing;
        final CallFuture future = new CallFuture(call);
        offer(call, () -> complete(call, future, completion));
        return future;
    }

    /** Has a call run, and something done after it; what that is runs on the thread that completes the call. */
    void offer(final LocalCall call, final Runnable whenDone) {
        final Runnable leave = host.awaitRoom(call);
        call.whenDone(() -> {
            host.untrack(call);
            leave.run();
            whenDone.run();
        });
        try {
            host.track(call);
            call.send(turns);
        } catch (final RuntimeException | Error failure) {
            host.untrack(call);
            leave.run();
            throw failure;
        }
    }

    /** Where loans for the object are made. */
    LoanArena arena() {
        return host.arena();
    }

    /** Does something with the object after the calls that came before. */
    void last(final Runnable action) {
        turns.last(action);
    }

    private static void complete(final LocalCall call, final CallFuture future, final Executor completion) {
        try {
            completion.execute(() -> future.take(call));
        } catch (final RuntimeException | Error refused) { // of the user's executor
            call.end();
            future.completeExceptionally(
                    new CallRejectedException("the completion executor refused to complete the call " + call, refused));
        }
    }

    /** Cancels its call with itself. Futures that depend on it are plain ones. */
    static final class CallFuture extends CompletableFuture<@Nullable Object> {
        private final LocalCall call;

        CallFuture(final LocalCall call) {
            this.call = call;
        }

        void take(final LocalCall done) {
            final Value value = Value.of(done);
            done.end();
            if (value.failure() == null) {
                complete(value.result());
            } else {
                completeExceptionally(value.failure());
            }
        }

        boolean cancelIfNotBegun() {
            if (!call.takeBack()) {
                return false;
            }
            final boolean cancelled = super.cancel(false);
            call.drop();
            return cancelled;
        }

        @Override
        public boolean cancel(final boolean mayInterruptIfRunning) {
            final boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                call.cancel(mayInterruptIfRunning);
            }
            return cancelled;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }

    /** What became of a call, read once. */
    record Value(@Nullable Object result, @Nullable OutriderException failure) implements Outcome {
        static Value of(final LocalCall call) {
            try {
                call.openOutcome();
                return new Value(ValueKinds.read(returnType(call), call.result()), null);
            } catch (final OutriderException failed) {
                return new Value(null, failed);
            }
        }

        private static Class<?> returnType(final LocalCall call) {
            return call.ref().contract().method(call.method()).method().getReturnType();
        }

        private Number number() {
            final Object value = get();
            return value instanceof Character letter ? (int) letter : (Number) Objects.requireNonNull(value);
        }

        @Override
        public int getInt() {
            return number().intValue();
        }

        @Override
        public long getLong() {
            return number().longValue();
        }

        @Override
        public double getDouble() {
            return number().doubleValue();
        }

        @Override
        public @Nullable Object get() {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }

    @Override
    public void end(final OutgoingCall call) {
        ((LocalCall) call).end();
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        end(call);
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }
}

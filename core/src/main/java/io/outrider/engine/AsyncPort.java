package io.outrider.engine;

import io.outrider.api.RemoteCall;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.stub.StubFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Records the one call that is made on a stub, to send it without waiting for it. For one thread and one call. */
public final class AsyncPort implements CallPort {
    private final AsyncCallPort port;
    private @Nullable OutgoingCall recorded;
    private @Nullable IllegalArgumentException misuse;
    private boolean begun;

    private AsyncPort(final AsyncCallPort port) {
        this.port = port;
    }

    /**
     * Makes one call without waiting for it; see {@link io.outrider.api.RemoteObject#async}.
     *
     * @param port where it goes
     * @param stubs makes the stub that is given to the function
     * @param ref names the object
     * @param call calls exactly one method of the stub
     * @param completion where the future is completed
     * @param <T> the contract
     * @param <R> the result
     * @return completes with the outcome
     * @throws IllegalArgumentException if the function called no method, or more than one
     */
    @SuppressWarnings("unchecked") // the one method that the function calls returns what the function returns
    public static <T, R> CompletableFuture<R> call(
            final AsyncCallPort port,
            final StubFactory<T> stubs,
            final ObjectRef ref,
            final RemoteCall<? super T, R> call,
            final Executor completion) {
        final AsyncPort recorder = new AsyncPort(port);
        try {
            call.on(stubs.newStub(recorder, ref));
        } catch (final RuntimeException failure) {
            if (!recorder.hasCall()) {
                final IllegalArgumentException misuse = recorder.abort();
                throw misuse == null ? failure : misuse;
            } // made whole: unboxing the default that stands for its result may have failed, say
        } catch (final Exception declared) {
            if (!recorder.hasCall()) {
                throw new IllegalArgumentException(
                        "the function given to async(...) threw before it made a call", declared);
            }
        } catch (final Error error) {
            recorder.abort();
            throw error;
        }
        if (!recorder.hasCall()) {
            final IllegalArgumentException misuse = recorder.abort();
            throw misuse == null
                    ? new IllegalArgumentException("the function given to async(...) made no call on " + ref)
                    : misuse;
        }
        return (CompletableFuture<R>) recorder.send(completion);
    }

    /** Whether a call was recorded that can be sent. */
    private boolean hasCall() {
        return recorded != null && misuse == null;
    }

    /** Gives up what was recorded, and says what was wrong with it; null if nothing was. */
    private @Nullable IllegalArgumentException abort() {
        final OutgoingCall call = recorded;
        if (call != null) {
            recorded = null;
            port.end(call);
        }
        return misuse;
    }

    private CompletableFuture<?> send(final Executor completion) {
        final OutgoingCall call = recorded;
        if (call == null) {
            throw new IllegalStateException("no call was recorded");
        }
        recorded = null;
        try {
            return port.sendAsync(call, completion);
        } catch (final RuntimeException | Error failure) {
            port.end(call);
            throw failure;
        }
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        if (begun) {
            misuse = new IllegalArgumentException("async(...) makes one call, and this function made a second on " + ref
                    + ": use async(...) for each; none was sent");
            throw misuse;
        }
        begun = true;
        return port.begin(ref, method);
    }

    @Override
    public boolean invoke(final OutgoingCall call) {
        recorded = call;
        return false;
    }

    @Override
    public @Nullable CompletableFuture<?> defer(final OutgoingCall call) {
        misuse = new IllegalArgumentException("async(...) is for methods that return a value, and " + call
                + " returns a future by itself: call it on the stub; it was not sent");
        throw misuse;
    }

    @Override
    public @Nullable Object open(final OutgoingCall call) {
        misuse = new IllegalArgumentException("async(...) is for methods that return a value, and " + call
                + " returns a stream, without waiting for it: call it on the stub; it was not sent");
        throw misuse;
    }

    @Override
    public void end(final OutgoingCall call) {
        throw new IllegalStateException("a call without a result to read does not end here");
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        return port.fail(call, failure);
    }
}

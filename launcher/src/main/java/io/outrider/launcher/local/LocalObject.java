package io.outrider.launcher.local;

import io.outrider.api.CallPipeline;
import io.outrider.api.LoanArena;
import io.outrider.api.OutcomeHandler;
import io.outrider.api.RemoteCall;
import io.outrider.api.RemoteObject;
import io.outrider.contract.Contract;
import io.outrider.engine.AsyncPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The owner's handle of an object in this process; see {@link RemoteObject}.
 *
 * @param <T> the contract
 */
final class LocalObject<T> implements RemoteObject<T> {
    private final LocalPort port;
    private final ObjectRef ref;
    private final StubFactory<T> stubs;
    private final Executor completion;
    private final Consumer<LocalObject<?>> release;
    private final AtomicBoolean closed;
    private final T stub;

    LocalObject(
            final LocalPort port,
            final Contract<T> contract,
            final ObjectRef ref,
            final Executor completion,
            final Consumer<LocalObject<?>> release) {
        this(port, StubFactory.of(contract), ref, completion, release, new AtomicBoolean());
    }

    private LocalObject(
            final LocalPort port,
            final StubFactory<T> stubs,
            final ObjectRef ref,
            final Executor completion,
            final Consumer<LocalObject<?>> release,
            final AtomicBoolean closed) {
        this.port = port;
        this.ref = ref;
        this.stubs = stubs;
        this.completion = completion;
        this.release = release;
        this.closed = closed;
        this.stub = stubs.newStub(port, ref);
    }

    LocalPort port() {
        return port;
    }

    ObjectRef ref() {
        return ref;
    }

    @Override
    public T stub() {
        return stub;
    }

    @Override
    public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call) {
        return async(call, completion);
    }

    @Override
    public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call, final Executor executor) {
        return AsyncPort.call(port, stubs, ref, call, executor);
    }

    @Override
    public LocalObject<T> within(final Duration timeout) {
        return new LocalObject<>(port, stubs, ref.within(timeout), completion, release, closed);
    }

    @Override
    public CallPipeline<T> pipeline(final int depth, final OutcomeHandler handler) {
        return new LocalPipeline<>(port, stubs, ref, depth, handler);
    }

    @Override
    public LoanArena arena() {
        return port.arena();
    }

    @Override
    public int workerId() {
        return ref.workerId();
    }

    @Override
    public long objectId() {
        return ref.objectId();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ref.close();
            release.accept(this);
        }
    }

    @Override
    public String toString() {
        return "handle of " + ref;
    }
}

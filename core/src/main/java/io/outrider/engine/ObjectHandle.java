package io.outrider.engine;

import io.outrider.api.CallPipeline;
import io.outrider.api.LoanArena;
import io.outrider.api.OutcomeHandler;
import io.outrider.api.RemoteCall;
import io.outrider.api.RemoteObject;
import io.outrider.contract.Contract;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The owner's handle of an object in a worker; see {@link RemoteObject}.
 *
 * @param <T> the contract
 */
public final class ObjectHandle<T> implements RemoteObject<T> {
    private final CallClient client;
    private final ObjectRef ref;
    private final StubFactory<T> stubs;
    private final Executor completion;
    private final Consumer<ObjectRef> release;
    private final AtomicBoolean closed;
    private final T stub;

    /**
     * @param client where calls go
     * @param contract by which the object is called
     * @param ref names the object
     * @param completion completes futures that name no other executor
     * @param release lets the object go in its worker; called once
     */
    public ObjectHandle(
            final CallClient client,
            final Contract<T> contract,
            final ObjectRef ref,
            final Executor completion,
            final Consumer<ObjectRef> release) {
        this(client, StubFactory.of(contract), ref, completion, release, new AtomicBoolean());
    }

    private ObjectHandle(
            final CallClient client,
            final StubFactory<T> stubs,
            final ObjectRef ref,
            final Executor completion,
            final Consumer<ObjectRef> release,
            final AtomicBoolean closed) {
        this.client = client;
        this.ref = ref;
        this.stubs = stubs;
        this.completion = completion;
        this.release = release;
        this.closed = closed;
        this.stub = stubs.newStub(client, ref);
    }

    /**
     * Where its calls go.
     *
     * @return the client of its worker
     */
    public AsyncCallPort port() {
        return client;
    }

    /**
     * What it stands for.
     *
     * @return names the object
     */
    public ObjectRef ref() {
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
        return AsyncPort.call(client, stubs, ref, call, executor);
    }

    @Override
    public ObjectHandle<T> within(final Duration timeout) {
        return new ObjectHandle<>(client, stubs, ref.within(timeout), completion, release, closed);
    }

    @Override
    public CallPipeline<T> pipeline(final int depth, final OutcomeHandler handler) {
        return new Pipeline<>(client, stubs, ref, depth, handler);
    }

    @Override
    public LoanArena arena() {
        return client.arena();
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
            release.accept(ref);
        }
    }

    @Override
    public String toString() {
        return "handle of " + ref;
    }
}

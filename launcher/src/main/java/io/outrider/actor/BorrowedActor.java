package io.outrider.actor;

import io.outrider.api.ObjectCounts;
import io.outrider.api.ObjectInfo;
import io.outrider.api.RemoteCall;
import io.outrider.contract.Contract;
import io.outrider.engine.ObjectHandle;
import io.outrider.engine.endpoint.Counting;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.CallRejectedException;
import io.outrider.error.OutriderException;
import io.outrider.protocol.ActorSystem;
import io.outrider.stub.Stub;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;

/** A handle that ends nothing but itself; also what the owner's handle is made of. */
final class BorrowedActor<T> implements Actor<T> {
    private final ActorSystem system;
    private final Class<T> contract;
    private final T stub;
    private final Stub inside;
    private final AtomicBoolean entered = new AtomicBoolean();

    /**
     * @param system of the actor
     * @param contract by which it is called
     */
    static <T> BorrowedActor<T> of(final ActorSystem system, final Class<T> contract) {
        final BorrowedActor<T> made = new BorrowedActor<>(system, contract);
        final Endpoints endpoints = Endpoints.ofProcess();
        endpoints.enter();
        final AtomicBoolean open = made.entered;
        open.set(true);
        endpoints.guard(made, () -> leave(open)); // for who forgets to close it
        return made;
    }

    /** Like {@link #of}, for who keeps the connections of this process open anyway. */
    BorrowedActor(final ActorSystem system, final Class<T> contract) {
        final Object main = system.main();
        if (!contract.isInstance(main)) {
            throw new CallRejectedException(main + " is no " + contract.getName());
        }
        this.system = system;
        this.contract = contract;
        this.stub = contract.cast(main);
        this.inside = (Stub) main;
    }

    private static void leave(final AtomicBoolean entered) {
        if (entered.compareAndSet(true, false)) {
            Endpoints.ofProcess().leave();
        }
    }

    @Override
    public T stub() {
        return stub;
    }

    @Override
    public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call) {
        return new ObjectHandle<>(
                        Endpoints.ofProcess().at(address()).client(),
                        Contract.of(contract),
                        inside.outriderRef(),
                        ForkJoinPool.commonPool(),
                        ref -> {})
                .async(call);
    }

    @Override
    public String address() {
        return inside.outriderRef().address();
    }

    @Override
    public ActorSecret secret() {
        throw new CallRejectedException("a borrowed handle of " + stub + " does not know its secret: ask its owner");
    }

    @Override
    public boolean isOwner() {
        return false;
    }

    @Override
    public Actor<T> borrow() {
        return of(system, contract);
    }

    @Override
    public void requestShutdown() {
        try {
            system.shutdown();
        } catch (final OutriderException failure) {
            throw failure;
        } catch (final Exception impossible) { // what the hook throws arrives as a RemoteCallException
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public ObjectCounts counts() {
        return Counting.at(stub);
    }

    @Override
    public List<ObjectInfo> objects() {
        return Counting.objects(stub);
    }

    @Override
    public void close() {
        inside.outriderRef().close();
        leave(entered);
    }

    @Override
    public String toString() {
        return "handle of " + stub;
    }
}

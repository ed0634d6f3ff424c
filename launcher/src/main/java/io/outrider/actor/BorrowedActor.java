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
import java.lang.ref.Reference;
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
    private final Runnable unused;
    private final Runnable hold;

    /**
     * A handle that keeps the connections of this process open.
     *
     * @param system of the actor
     * @param contract by which it is called
     * @param then runs once, when it has been closed, or neither it nor any stub of the actor's objects is left here
     */
    static <T> BorrowedActor<T> of(final ActorSystem system, final Class<T> contract, final Runnable then) {
        final Endpoints endpoints = Endpoints.ofProcess();
        final AtomicBoolean left = new AtomicBoolean();
        final Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                then.run();
                endpoints.leave();
            }
        };
        endpoints.enter();
        try {
            return new BorrowedActor<>(system, contract, leave);
        } catch (final RuntimeException | Error failure) {
            leave.run();
            throw failure;
        }
    }

    /**
     * For who keeps the connections of this process open.
     *
     * @param system of the actor
     * @param contract by which it is called
     * @param unused runs when it is closed, or neither it nor any stub of the actor's objects is left here; may do so twice
     */
    BorrowedActor(final ActorSystem system, final Class<T> contract, final Runnable unused) {
        final Object main = system.main();
        if (!contract.isInstance(main)) {
            throw new CallRejectedException(main + " is no " + contract.getName());
        }
        this.system = system;
        this.contract = contract;
        this.stub = contract.cast(main);
        this.inside = (Stub) main;
        this.unused = unused;
        this.hold = Endpoints.ofProcess().onUnused(address(), this, unused);
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
        return of(system, contract, () -> {});
    }

    @Override
    public void requestShutdown() {
        try {
            system.shutdown();
        } catch (final OutriderException failure) {
            throw failure;
        } catch (final Exception impossible) { // what the hook throws arrives as a RemoteCallException
            throw new IllegalStateException(impossible);
        } finally {
            Reference.reachabilityFence(this); // or else the actor might end while its hook runs
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
        hold.run();
        unused.run();
    }

    @Override
    public String toString() {
        return "handle of " + stub;
    }
}

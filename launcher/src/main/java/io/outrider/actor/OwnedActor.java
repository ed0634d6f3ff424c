package io.outrider.actor;

import io.outrider.api.ObjectCounts;
import io.outrider.api.ObjectInfo;
import io.outrider.api.RemoteCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The owner's handle. When it, other handles here, its stub and the actor's results have all been collected or closed the process ends. */
final class OwnedActor<T> implements Actor<T> {
    private final ActorProcess process;
    private final BorrowedActor<T> actor;

    OwnedActor(final ActorProcess process, final Class<T> contract) {
        this.process = process;
        this.actor = new BorrowedActor<>(process.system(), contract, process::endLater);
    }

    @Override
    public T stub() {
        return actor.stub();
    }

    @Override
    public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call) {
        return actor.async(call);
    }

    @Override
    public String address() {
        return actor.address();
    }

    @Override
    public ActorSecret secret() {
        return process.secret();
    }

    @Override
    public boolean isOwner() {
        return true;
    }

    @Override
    public Actor<T> borrow() {
        return actor.borrow();
    }

    @Override
    public void requestShutdown() {
        actor.requestShutdown();
    }

    @Override
    public ObjectCounts counts() {
        return actor.counts();
    }

    @Override
    public List<ObjectInfo> objects() {
        return actor.objects();
    }

    @Override
    public void close() {
        try {
            process.end();
        } finally {
            actor.close();
        }
    }

    @Override
    public String toString() {
        return "owner's " + actor;
    }
}

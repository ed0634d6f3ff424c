package io.outrider.actor;

import io.outrider.api.ObjectCounts;
import io.outrider.api.ObjectInfo;
import io.outrider.api.RemoteCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A handle of an actor: an object in a worker JVM of its own. Safe from any thread. The <em>owner's</em> handle, from {@link
 * Actors#start}, ends the actor and its process when it is closed. They also end once that handle has been collected and each stub of the
 * actor, each other handle and each stub that the actor has returned to this process has been collected or closed; a call that is under way
 * keeps them. Any other handle is <em>borrowed</em>: closing it gives up that handle alone. When
 * the process dies each call fails with {@link io.outrider.error.WorkerDiedException}.
 *
 * @param <T> the contract
 */
public interface Actor<T> extends AutoCloseable {
    /**
     * The actor as its contract; each call runs in its process and blocks until the outcome is here.
     *
     * @return the same stub every time; it can be sent to other workers, which then call the actor directly
     */
    T stub();

    /**
     * Makes one call without waiting for it.
     *
     * @param call calls exactly one method of the stub that it is given
     * @param <R> the result
     * @return completes with the outcome
     * @throws IllegalArgumentException if the function called no method, or more than one
     */
    <R> CompletableFuture<R> async(RemoteCall<? super T, R> call);

    /**
     * Where other processes attach to the actor.
     *
     * @return an address for {@link Actors#connect}, which no other actor ever has
     */
    String address();

    /**
     * What other processes need beside the address.
     *
     * @return the secret of this actor alone
     * @throws io.outrider.error.CallRejectedException if this is not the owner's handle
     */
    ActorSecret secret();

    /**
     * Whether this is the owner's handle.
     *
     * @return false if it is borrowed
     */
    boolean isOwner();

    /**
     * Another handle of the same actor, for somebody who may close it.
     *
     * @return a borrowed one
     */
    Actor<T> borrow();

    /**
     * Runs the actor's {@link io.outrider.api.ActorHooks#onShutdown}, beside whatever it is doing. The process goes on until the
     * owner ends it.
     *
     * @throws io.outrider.error.RemoteCallException what the hook throws
     */
    void requestShutdown();

    /**
     * What the actor's process holds for others.
     *
     * @return counts made now, by a call
     */
    ObjectCounts counts();

    /**
     * Which objects the actor's process holds for others, the actor among them.
     *
     * @return a list made now, by a call
     */
    List<ObjectInfo> objects();

    /**
     * Of the owner's handle: runs {@link io.outrider.api.ActorHooks#onExit} and {@link io.outrider.api.ActorHooks#onShutdown},
     * then ends the process, each within a bound. Of a borrowed one: gives it up. Idempotent.
     *
     * @throws io.outrider.error.RemoteCallException what a hook throws, after the process has ended
     */
    @Override
    void close();
}

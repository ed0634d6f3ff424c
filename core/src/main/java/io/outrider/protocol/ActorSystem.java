package io.outrider.protocol;

import io.outrider.api.Blocking;

/** The contract by which an actor is looked after: its worker hosts one beside the actor itself. */
@Blocking
public interface ActorSystem {
    /**
     * The actor.
     *
     * @return a stub of it
     */
    Object main();

    /**
     * Makes the actor known as what this worker is there for, and runs its hook.
     *
     * @throws Exception what the hook throws
     */
    void enter() throws Exception;

    /**
     * Runs the hook.
     *
     * @throws Exception what it throws
     */
    void exit() throws Exception;

    /**
     * Runs the hook.
     *
     * @throws Exception what it throws
     */
    void shutdown() throws Exception;
}

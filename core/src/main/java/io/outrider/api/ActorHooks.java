package io.outrider.api;

/**
 * What an actor's class may implement to be told how its life goes: constructor, {@link #onEnter}, calls, {@link #onExit},
 * {@link #onShutdown}, end of the process. The hooks run in the actor's process and beside its calls, so that one can end a call
 * that loops.
 */
public interface ActorHooks {
    /**
     * The actor is about to take its first call.
     *
     * @throws Exception if it can't; then the actor does not start, and its process ends
     */
    default void onEnter() throws Exception {}

    /**
     * The owner closes the actor.
     *
     * @throws Exception which the owner gets; the actor ends all the same
     */
    default void onExit() throws Exception {}

    /**
     * Somebody asks the actor to end what it is doing, or its owner has closed it.
     *
     * @throws Exception which whoever asked gets
     */
    default void onShutdown() throws Exception {}
}

package io.outrider.worker.client;

import org.jspecify.annotations.Nullable;

/**
 * What the code of an object may know of the call that it runs: one for each client, which each thread that runs a call of
 * that client enters. Immutable, safe from any thread.
 */
public final class CallContext {
    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    private final Client client;
    private final Clients clients;

    /**
     * @param client whose calls are run
     * @param clients of the worker
     */
    public CallContext(final Client client, final Clients clients) {
        this.client = client;
        this.clients = clients;
    }

    /**
     * That of the call that this thread runs.
     *
     * @return the context
     * @throws IllegalStateException if this thread runs no call of a worker
     */
    public static CallContext current() {
        final CallContext context = CURRENT.get();
        if (context == null) {
            throw new IllegalStateException("this thread runs no call of a worker");
        }
        return context;
    }

    /**
     * Makes this the context of the calling thread, until another one enters.
     *
     * @return false if it was already, which it mostly is
     */
    public boolean enter() {
        if (CURRENT.get() == this) {
            return false;
        }
        CURRENT.set(this);
        return true;
    }

    /**
     * Makes a context that of the calling thread.
     *
     * @param context null for none
     * @return what was before, to be put back
     */
    public static @Nullable CallContext ofThread(final @Nullable CallContext context) {
        final CallContext before = CURRENT.get();
        CURRENT.set(context);
        return before;
    }

    /**
     * Who made the call.
     *
     * @return the same object in each call of a process
     */
    public Client client() {
        return client;
    }

    /**
     * Where to learn of clients that are gone.
     *
     * @return that of the worker
     */
    public Clients clients() {
        return clients;
    }
}

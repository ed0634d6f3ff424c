package io.outrider.worker.client;

import io.outrider.telemetry.Log;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells the objects of a worker which clients are gone, so that they can take back what those held. Safe from any
 * thread.
 */
public final class Clients {
    private static final Log LOG = Log.of(Clients.class);

    private final Set<Consumer<? super Client>> listeners = ConcurrentHashMap.newKeySet();

    /** Makes a worker's, without a listener. */
    public Clients() {}

    /**
     * Has a listener told of each client that is lost from now on.
     *
     * @param listener runs on the thread that noticed, and must not block
     */
    public void onLost(final Consumer<? super Client> listener) {
        listeners.add(listener);
    }

    /**
     * Tells a listener no more.
     *
     * @param listener as it was added
     */
    public void forget(final Consumer<? super Client> listener) {
        listeners.remove(listener);
    }

    /**
     * Marks a client as lost, then tells the listeners.
     *
     * @param client whose link has ended
     */
    public void lost(final Client client) {
        client.lose();
        for (final Consumer<? super Client> listener : listeners) {
            try {
                listener.accept(client);
            } catch (final RuntimeException
                    | Error failure) { // of one object, and the others must be told all the same
                LOG.warn("{} failed when told that {} is gone", listener, client, failure);
            }
        }
    }
}

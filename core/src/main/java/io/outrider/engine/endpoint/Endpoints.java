package io.outrider.engine.endpoint;

import io.outrider.engine.CallClient;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.SecretToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The workers that this process can call, by address. There is one for the process, since a reference that arrives over one
 * link may name a worker that is known from another. Safe from any thread. What it starts for itself ends with the last of
 * those that {@link #enter}.
 */
public final class Endpoints {
    private static final Endpoints OF_PROCESS = new Endpoints();

    private final Map<String, Endpoint> byAddress = new ConcurrentHashMap<>();
    private int users; // guarded by this
    private @Nullable Replying replying; // guarded by this

    private Endpoints() {}

    /**
     * That of this process.
     *
     * @return the same object every time
     */
    public static Endpoints ofProcess() {
        return OF_PROCESS;
    }

    /** Somebody uses workers, until {@link #leave}. */
    public synchronized void enter() {
        users++;
    }

    /** Undoes {@link #enter}; the last one closes the links that this process has made to workers of others. */
    public void leave() {
        final List<Endpoint> all;
        final Replying ending;
        synchronized (this) {
            if (--users > 0) {
                return;
            }
            all = new ArrayList<>(byAddress.values());
            byAddress.clear();
            ending = replying;
            replying = null;
        }
        all.forEach(Endpoint::close);
        if (ending != null) {
            ending.close();
        }
    }

    /**
     * The worker at an address.
     *
     * @param address of its socket
     * @return the same object every time, attached to or not
     */
    public Endpoint at(final String address) {
        return byAddress.computeIfAbsent(address, each -> new Endpoint(each, this::replying));
    }

    /**
     * For whoever started a worker: calls to it take the link by which it was started.
     *
     * @param address of the worker
     * @param client of the link
     */
    public void adopt(final String address, final CallClient client) {
        at(address).adopt(client);
    }

    /**
     * A worker is gone, and nobody will call it again.
     *
     * @param address of the worker
     */
    public void forget(final String address) {
        final Endpoint gone = byAddress.remove(address);
        if (gone != null) {
            gone.close();
        }
    }

    /**
     * Attaches to a worker by its own secret.
     *
     * @param address of its socket
     * @param secret that both sides hold
     * @return the worker, attached to
     * @throws io.outrider.error.AuthenticationException if the secret is wrong
     * @throws io.outrider.error.OutriderException if the worker can't be reached
     */
    public Endpoint connect(final String address, final SecretToken secret) {
        final Endpoint endpoint = at(address);
        endpoint.attach(KeyKind.OWN, secret);
        return endpoint;
    }

    private synchronized Replying replying() {
        if (replying == null) {
            replying = new Replying(Endpoints::agree).start();
        }
        return replying;
    }

    private static Marshaller agree(final Vocabulary vocabulary) {
        return Agreement.on(
                vocabulary, Marshaller.open(ClassLoader.getSystemClassLoader()), ClassLoader.getSystemClassLoader());
    }
}

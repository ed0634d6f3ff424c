package io.outrider.manager.proxy;

import io.outrider.engine.endpoint.Endpoint;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.ConfigurationException;
import io.outrider.manager.ConnectedManager;
import io.outrider.manager.SharedNamespace;
import io.outrider.manager.port.MapPort;
import io.outrider.protocol.control.SecretToken;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps the links of this process open as long as somebody uses the manager. */
public final class ManagerConnection implements ConnectedManager {
    private final SharedNamespace names;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private ManagerConnection(final MapPort names) {
        this.names = new NamespaceProxy(names);
    }

    /**
     * Connects.
     *
     * @param address of the manager's worker
     * @param secret of that worker
     * @return the connection
     */
    public static ConnectedManager open(final String address, final SecretToken secret) {
        final Endpoints endpoints = Endpoints.ofProcess();
        endpoints.enter();
        boolean connected = false;
        try {
            final Endpoint endpoint = endpoints.connect(address, secret, null);
            if (!(endpoint.references().front() instanceof MapPort names)) {
                throw new ConfigurationException(
                        endpoint + " is no manager's that can be connected to: it was not started by Managers.start");
            }
            connected = true;
            return new ManagerConnection(names);
        } finally {
            if (!connected) {
                endpoints.leave();
            }
        }
    }

    @Override
    public SharedNamespace names() {
        return names;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            Endpoints.ofProcess().leave();
        }
    }

    @Override
    public String toString() {
        return "connection to " + names;
    }
}

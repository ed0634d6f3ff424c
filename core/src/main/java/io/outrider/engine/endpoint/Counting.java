package io.outrider.engine.endpoint;

import io.outrider.api.ObjectCounts;
import io.outrider.stub.Proxies;

/** Asks workers what they hold. Stateless, safe from any thread. */
public final class Counting {
    private static final int OBJECTS = 0;
    private static final int REFERENCES = 1;
    private static final int REFUSED_CALLS = 2;
    private static final int REFUSED_CLIENTS = 3;

    private Counting() {}

    /**
     * Asks the worker of an object, by a call to it.
     *
     * @param stub of any object in that worker
     * @return its counts
     */
    public static ObjectCounts at(final Object stub) {
        final long[] counts =
                Endpoints.ofProcess().at(Proxies.addressOf(stub)).references().counts();
        return new ObjectCounts(counts[OBJECTS], counts[REFERENCES], counts[REFUSED_CALLS], counts[REFUSED_CLIENTS]);
    }
}

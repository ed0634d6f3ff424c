package io.outrider.engine.endpoint;

import io.outrider.api.ObjectCounts;
import io.outrider.api.ObjectInfo;
import io.outrider.protocol.ReferenceSystem;
import io.outrider.stub.Proxies;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Asks workers what they hold. Stateless, safe from any thread. */
public final class Counting {
    private static final int OBJECTS = 0;
    private static final int REFERENCES = 1;
    private static final int UNCLAIMED = 2;
    private static final int REFUSED_CALLS = 3;
    private static final int REFUSED_CLIENTS = 4;
    private static final int PARTS = 4; // of which an object's description consists
    private static final int HEX = 16;

    private Counting() {}

    /**
     * Asks the worker of an object, by a call to it.
     *
     * @param stub of any object in that worker
     * @return its counts
     */
    public static ObjectCounts at(final Object stub) {
        final long[] counts = ask(stub, ReferenceSystem::counts);
        return new ObjectCounts(
                counts[OBJECTS], counts[REFERENCES], counts[UNCLAIMED], counts[REFUSED_CALLS], counts[REFUSED_CLIENTS]);
    }

    /**
     * Asks the worker of an object, by a call to it.
     *
     * @param stub of any object in that worker
     * @return all objects that it holds
     */
    public static List<ObjectInfo> objects(final Object stub) {
        final String[] parts = ask(stub, ReferenceSystem::objects);
        final List<ObjectInfo> objects = new ArrayList<>();
        for (int i = 0; i < parts.length; i += PARTS) {
            objects.add(new ObjectInfo(
                    Long.parseUnsignedLong(parts[i], HEX), parts[i + 1], parts[i + 2], Integer.parseInt(parts[i + 3])));
        }
        return objects;
    }

    private static <R> R ask(final Object stub, final Function<ReferenceSystem, R> question) {
        try {
            return question.apply(
                    Endpoints.ofProcess().at(Proxies.addressOf(stub)).references());
        } finally {
            Reference.reachabilityFence(stub); // or its worker might end meanwhile
        }
    }
}

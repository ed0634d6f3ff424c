package io.outrider.perf.part;

import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** A link over the ring transport without an engine on it. */
public final class RingLink {
    private static final String TRANSPORT = "ring";
    private static final int LANE = 1024 * 1024;
    private static final int FRAME = LANE / 16;

    private RingLink() {}

    /**
     * Makes the files of a link.
     *
     * @param directory to make them under
     */
    public static void create(final Path directory) {
        provider().create(spec(directory));
    }

    /**
     * Opens one side.
     *
     * @param directory as given to {@link #create}
     * @param side to open
     * @return the side
     */
    public static Link open(final Path directory, final Side side) {
        return provider().open(spec(directory), side);
    }

    private static LinkSpec spec(final Path directory) {
        return new LinkSpec(TRANSPORT, directory.resolve("link"), LANE, FRAME, LANE);
    }

    private static TransportProvider provider() {
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(TRANSPORT))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no transport " + TRANSPORT));
    }
}

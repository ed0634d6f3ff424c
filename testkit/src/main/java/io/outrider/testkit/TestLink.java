package io.outrider.testkit;

import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The files of one link for one test, and the sides of it that the test opened; closing it closes them and deletes the
 * files. For one thread; blocks on the file system.
 */
public final class TestLink implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final TransportProvider provider;
    private final LinkSpec spec;
    private final List<Link> links = new ArrayList<>();

    private TestLink(final TransportProvider provider, final LinkSpec spec) {
        this.provider = provider;
        this.spec = spec;
    }

    /**
     * Makes a link in shared memory.
     *
     * @param provider its transport
     * @param laneBytes of each lane
     * @param maxFrameBytes the longest frame
     * @param arenaBytes of each side
     * @return the link, of which no side is open
     */
    public static TestLink create(
            final TransportProvider provider, final int laneBytes, final int maxFrameBytes, final long arenaBytes) {
        final LinkSpec spec = new LinkSpec(provider.name(), newDirectory(), laneBytes, maxFrameBytes, arenaBytes);
        provider.create(spec);
        return new TestLink(provider, spec);
    }

    /**
     * Names a directory in shared memory that {@link LeavesNothingBehind} looks for.
     *
     * @return a path that doesn't exist
     */
    public static Path newDirectory() {
        return SHARED_MEMORY.resolve(LeavesNothingBehind.PREFIX + COUNT.incrementAndGet());
    }

    /**
     * Finds a transport as the engine does.
     *
     * @param name of the transport
     * @return its provider
     */
    public static TransportProvider provider(final String name) {
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no transport " + name + " on the class path"));
    }

    /**
     * Opens a side.
     *
     * @param side which one
     * @return the open link, closed with this object at the latest
     */
    public Link open(final Side side) {
        final Link link = provider.open(spec, side);
        links.add(link);
        return link;
    }

    /**
     * What the link was made with.
     *
     * @return the specification
     */
    public LinkSpec spec() {
        return spec;
    }

    /**
     * What another process needs to open a side: arguments for {@link #spec(String[])}.
     *
     * @return five arguments
     */
    public List<String> specArguments() {
        return List.of(
                spec.transport(),
                spec.directory().toString(),
                Integer.toString(spec.laneBytes()),
                Integer.toString(spec.maxFrameBytes()),
                Long.toString(spec.arenaBytes()));
    }

    /**
     * Reads {@link #specArguments()} back.
     *
     * @param arguments begin with those five
     * @return the specification
     */
    public static LinkSpec spec(final String[] arguments) {
        return new LinkSpec(
                arguments[0],
                Path.of(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Long.parseLong(arguments[4]));
    }

    @Override
    public void close() {
        links.forEach(Link::close);
        delete(spec.directory());
    }

    /**
     * Deletes a directory with all in it.
     *
     * @param directory may be missing
     */
    public static void delete(final Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                    .forEach(each -> each.toFile().delete());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

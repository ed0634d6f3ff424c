package io.outrider.launcher.executor;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.config.WaitStrategy;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.ipc.feed.MappedFeeds;
import io.outrider.ipc.file.LinkDirectory;
import io.outrider.telemetry.Log;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The feeds of an executor, in a directory of their own in its session. Safe from any thread. */
public final class Feeds implements AutoCloseable {
    private static final Log LOG = Log.of(Feeds.class);

    private final Path directory;
    private final WaitStrategy waitStrategy;
    private final Map<String, Feed> byName = new HashMap<>(); // guarded by this; closed ones among them
    private int made;
    private boolean closed;

    public Feeds(final Path session, final WaitStrategy waitStrategy) {
        this.directory = session.resolve("feeds");
        this.waitStrategy = waitStrategy;
    }

    public synchronized Feed make(final String name, final FeedOptions options) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(options, "options");
        if (closed) {
            throw new ClosedException("the executor was closed: no feed was made");
        }
        byName.values().removeIf(feed -> !Files.exists(Path.of(feed.location())));
        if (byName.containsKey(name)) {
            throw new ConfigurationException("there is a feed of the name " + name + " already: close it first");
        }
        LinkDirectory.makePrivate(directory);
        final Feed feed = MappedFeeds.create(name, directory.resolve("f" + made), options, waitStrategy);
        made++;
        byName.put(name, feed);
        return feed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        byName.values().forEach(Feeds::end);
        byName.clear();
    }

    /** What can't be ended now goes with the session's directory; it is no reason not to close the rest. */
    private static void end(final Feed feed) {
        try {
            feed.close();
        } catch (final OutriderException failure) {
            LOG.warn("the feed {} could not be closed", feed.name(), failure);
        }
    }
}

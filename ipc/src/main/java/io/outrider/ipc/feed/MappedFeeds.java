package io.outrider.ipc.feed;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedProvider;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.api.feed.FeedWriter;
import io.outrider.config.WaitStrategy;
import io.outrider.error.ClosedException;
import io.outrider.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Feeds on mapped files; see {@link FeedProvider}. */
public final class MappedFeeds implements FeedProvider {
    /** For the service loader. */
    public MappedFeeds() {}

    /**
     * Makes a feed, with all its memory taken.
     *
     * @param name for messages
     * @param file must not exist; only this user may open it
     * @param options its size and patience
     * @param waitStrategy how its ends wait
     * @return its name, for all processes
     * @throws StorageException if the memory can't be had; no file is left
     */
    public static Feed create(
            final String name, final Path file, final FeedOptions options, final WaitStrategy waitStrategy) {
        FeedFile.create(file, options, waitStrategy);
        return new Feed(name, file.toAbsolutePath().toString());
    }

    @Override
    public FeedWriter openWriter(final Feed feed) {
        return open(feed, file -> {
            file.takeWriter();
            return new MappedFeedWriter(file);
        });
    }

    @Override
    public FeedSubscription subscribe(final Feed feed, final FeedPolicy policy) {
        return open(feed, file -> new MappedFeedSubscription(file, policy));
    }

    private static <T> T open(final Feed feed, final Function<FeedFile, T> end) {
        final FeedFile file = FeedFile.open(feed);
        try {
            if (file.isClosed()) {
                throw new ClosedException("the feed " + feed.name() + " was closed");
            }
            return end.apply(file);
        } catch (final RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    @Override
    public void close(final Feed feed) {
        try (FeedFile file = FeedFile.open(feed)) {
            file.endForAll();
            Files.deleteIfExists(Path.of(feed.location()));
        } catch (final ClosedException gone) {
            return; // by another closer
        } catch (final IOException e) {
            throw new StorageException("the feed " + feed.name() + " can't be deleted: " + e, e);
        }
    }
}

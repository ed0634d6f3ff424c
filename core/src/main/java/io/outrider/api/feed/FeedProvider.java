package io.outrider.api.feed;

import io.outrider.error.ConfigurationException;
import java.util.ServiceLoader;

/** Where the ends of feeds come from, found through {@link ServiceLoader}. Stateless and safe from any thread. */
public interface FeedProvider {
    /**
     * The provider on the class path.
     *
     * @return the first that is found
     * @throws ConfigurationException if there is none
     */
    static FeedProvider installed() {
        return ServiceLoader.load(FeedProvider.class, FeedProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() ->
                        new ConfigurationException("no provider of feeds is on the class path: add outrider-ipc"));
    }

    /**
     * Opens the writing end.
     *
     * @param feed of which
     * @return see {@link Feed#writer()}
     */
    FeedWriter openWriter(Feed feed);

    /**
     * Opens a reading end.
     *
     * @param feed of which
     * @param policy when it is behind
     * @return see {@link Feed#subscribe}
     */
    FeedSubscription subscribe(Feed feed, FeedPolicy policy);

    /**
     * Ends a feed and deletes it.
     *
     * @param feed which; may be gone
     */
    void close(Feed feed);
}

package io.outrider.transport;

import io.outrider.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A way for frames to cross between two processes, found by name through {@link java.util.ServiceLoader}. Stateless and
 * safe from any thread; its methods may block on file operations and are not for the hot path.
 */
public interface TransportProvider {
    /**
     * The name by which configuration chooses this transport.
     *
     * @return a short lower-case word
     */
    String name();

    /**
     * Loads into this process what the first link of this transport needs. Without it the first {@link #create} or
     * {@link #open} does so; a worker calls it while the launcher still makes the link. Idempotent.
     */
    default void prepare() {}

    /**
     * The shared memory that a link takes from the start, for the check before anything is made.
     *
     * @param spec the link to be
     * @return bytes
     */
    long requiredBytes(LinkSpec spec);

    /**
     * Makes the files of a link, with private permissions and their memory allocated. Done once, by the owner, before
     * either side opens the link.
     *
     * @param spec the link to be
     * @throws io.outrider.error.StorageException if the memory can't be had; no file is left
     * @throws io.outrider.error.ConfigurationException if a size is out of this transport's range
     */
    void create(LinkSpec spec);

    /**
     * Opens one side of a link that was created. A process opens a side once.
     *
     * @param spec as given to {@link #create}
     * @param side which end this process is
     * @return the open link
     */
    Link open(LinkSpec spec, Side side);

    /**
     * The provider of a name. No more is looked for once it is found: the search opens one jar of the class path after the other.
     *
     * @param name as configured
     * @param loader that finds it
     * @return the provider
     * @throws ConfigurationException if there is none, naming those there are
     */
    static TransportProvider named(final String name, final ClassLoader loader) {
        final List<String> names = new ArrayList<>();
        for (final TransportProvider provider : ServiceLoader.load(TransportProvider.class, loader)) {
            if (provider.name().equals(name)) {
                return provider;
            }
            names.add(provider.name());
        }
        throw new ConfigurationException(
                "there is no transport called " + name + " on the class path of this process, which has "
                        + (names.isEmpty() ? "none: outrider-ipc is missing" : String.join(", ", names)));
    }
}

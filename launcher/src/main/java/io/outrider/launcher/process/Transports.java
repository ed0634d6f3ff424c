package io.outrider.launcher.process;

import io.outrider.error.ConfigurationException;
import io.outrider.transport.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds transports by name. Stateless, safe from any thread. */
public final class Transports {
    private Transports() {}

    /**
     * All that are on the class path or module path.
     *
     * @return in no order
     */
    public static List<TransportProvider> all() {
        final List<TransportProvider> providers = new ArrayList<>();
        ServiceLoader.load(TransportProvider.class, Transports.class.getClassLoader())
                .forEach(providers::add);
        return providers;
    }

    /**
     * The one of a name.
     *
     * @param name as configured
     * @return the provider
     * @throws ConfigurationException if there is none, naming those there are
     */
    public static TransportProvider named(final String name) {
        final List<TransportProvider> providers = all();
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("there is no transport called " + name + "; there is "
                        + (providers.isEmpty()
                                ? "none, so outrider-ipc is not on the class path"
                                : String.join(
                                        ", ",
                                        providers.stream()
                                                .map(TransportProvider::name)
                                                .toList()))));
    }
}

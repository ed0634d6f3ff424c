package io.outrider.perf.bench;

import java.util.List;
import java.util.ServiceLoader;

/** All contenders that answer calls, as {@code META-INF/services} lists them. */
public final class Contenders {
    private Contenders() {}

    /**
     * All of them.
     *
     * @return in the order in which a round runs them
     */
    public static List<Contender> all() {
        return ServiceLoader.load(Contender.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * Finds a contender.
     *
     * @param name of it
     * @return the contender
     */
    public static Contender named(final String name) {
        return all().stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender " + name + ", only "
                        + all().stream().map(Contender::name).toList()));
    }
}

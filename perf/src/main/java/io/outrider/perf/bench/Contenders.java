package io.outrider.perf.bench;

import java.util.List;
import java.util.ServiceLoader;

/** All contenders that answer calls, as {@code META-INF/services} lists them. */
public final class Contenders {
    private Contenders() {}

    /**
     * All that are compared.
     *
     * @return in the order in which a round runs them
     */
    public static List<Contender> all() {
        return listed().stream()
                .filter(contender -> !(contender instanceof Rung))
                .toList();
    }

    /**
     * Finds a contender.
     *
     * @param name of it
     * @return the contender
     */
    public static Contender named(final String name) {
        return listed().stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender " + name + ", only "
                        + listed().stream().map(Contender::name).toList()));
    }

    private static List<Contender> listed() {
        return ServiceLoader.load(Contender.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}

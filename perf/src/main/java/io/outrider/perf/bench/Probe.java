package io.outrider.perf.bench;

import java.util.List;
import java.util.ServiceLoader;

/** Measures something other than the time of single calls, in a JVM that runs nothing else. Immutable. */
public interface Probe {
    /** Which command runs it. */
    enum Group {
        /** How many calls in a second. */
        THROUGHPUT,
        /** How many frames of a feed in a second. */
        FEED,
        /** How many values of a stream in a second, and how soon the first. */
        STREAM,
        /** How long from nothing to the first reply. */
        STARTUP,
        /** What doing nothing costs. */
        IDLE,
        /** What many workers and many objects cost. */
        SCALE,
        /** What tasks over workers cost. */
        POOL,
        /** What references and several clients cost. */
        PROXY,
        /** Where the time of a call goes. */
        BREAKDOWN,
        /** What memory costs that changes hands. */
        BUFFER
    }

    /**
     * The name by which {@code --only} chooses it, and with which the names of its figures begin.
     *
     * @return unique
     */
    String name();

    /**
     * Which command runs it.
     *
     * @return its group
     */
    Group group();

    /**
     * Measures.
     *
     * @param rig what there is to do it with
     * @param quick whether less precision will do
     * @return what was found
     * @throws Exception if that fails
     */
    List<Figure> measure(Rig rig, boolean quick) throws Exception;

    /** Lists probes, so that one class may stand for several. */
    interface Source {
        /**
         * Its probes.
         *
         * @return in the order in which a round runs them
         */
        List<Probe> probes();
    }

    /**
     * All probes of the sources that {@code META-INF/services} lists.
     *
     * @return in the order in which a round runs them
     */
    static List<Probe> all() {
        return ServiceLoader.load(Source.class).stream()
                .flatMap(source -> source.get().probes().stream())
                .toList();
    }

    /**
     * The probes of one group.
     *
     * @param group which command runs them
     * @return in the order in which a round runs them
     */
    static List<Probe> ofGroup(final Group group) {
        return all().stream().filter(probe -> probe.group() == group).toList();
    }
}

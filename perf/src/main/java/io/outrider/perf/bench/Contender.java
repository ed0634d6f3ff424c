package io.outrider.perf.bench;

/** One way of getting a call answered, under the name that the reports show. Stateless. */
public interface Contender {
    /**
     * The name in reports.
     *
     * @return unique
     */
    String name();

    /**
     * Opens the contender in a caller's JVM that runs nothing else.
     *
     * @param rig what there is to open it with
     * @return the open contender
     * @throws Exception if it can't be opened
     */
    Exchange open(Rig rig) throws Exception;
}

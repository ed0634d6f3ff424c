package io.outrider.perf.ours;

/** The contract that is called: the same work in three shapes. */
public interface Arithmetic {
    /**
     * Primitives each way.
     *
     * @param index the int
     * @param value the double
     * @return {@link io.outrider.perf.bench.Payload#answer}
     */
    double f(int index, double value);

    /**
     * A record each way.
     *
     * @param reading with the int and the double
     * @return the same with the answer for a value
     */
    Reading record(Reading reading);

    /**
     * A string each way.
     *
     * @param text any
     * @return the same
     */
    String string(String text);

    /**
     * What the worker has allocated up to now.
     *
     * @return bytes, over all its threads
     */
    long allocatedBytes();

    /**
     * The worker's process.
     *
     * @return the pid
     */
    long pid();
}

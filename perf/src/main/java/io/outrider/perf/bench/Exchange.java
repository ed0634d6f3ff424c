package io.outrider.perf.bench;

import java.io.IOException;

/** An open contender: makes calls, one at a time, from the thread that opened it. */
public interface Exchange extends AutoCloseable {
    /**
     * Makes one call and waits for its answer.
     *
     * @param index to send
     * @param value to send
     * @return {@link Payload#answer} as the far side computed it
     * @throws Exception if the contender fails
     */
    double call(int index, double value) throws Exception;

    /**
     * What the far side's JVM has allocated up to now.
     *
     * @return bytes, over all threads of that JVM; 0 if there is none
     * @throws Exception if the far side does not say
     */
    long workerAllocatedBytes() throws Exception;

    @Override
    void close() throws IOException;
}

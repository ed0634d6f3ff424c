package io.outrider.perf.bench;

import java.io.IOException;
import java.nio.file.Path;

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

    /**
     * Has the far side's JVM answer a {@link CacheLine} beside what it does otherwise, until that line is ended: on a thread
     * of its own, which is there when this method returns.
     *
     * @param directory of the line
     * @throws Exception if the far side can't
     */
    default void answerLine(final Path directory) throws Exception {
        throw new UnsupportedOperationException("this far side answers no line");
    }

    @Override
    void close() throws IOException;
}

package io.outrider.perf.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One cache line in a mapped file that goes to another JVM and comes back: nothing over shared memory can be faster. One thread calls,
 * one answers.
 *
 * <pre>
 *   0 calls made (i64)   8 calls answered (i64)   16 index   24 value   32 answer          64 bytes
 * </pre>
 */
public final class CacheLine {
    private static final int CALLS = 0;
    private static final int ANSWERS = 8;
    private static final int INDEX = 16;
    private static final int VALUE = 24;
    private static final int ANSWER = 32;
    private static final int LENGTH = 64;
    private static final long END = -1;

    private final UnsafeBuffer line;
    private long call;

    private CacheLine(final UnsafeBuffer line) {
        this.line = line;
    }

    /**
     * Opens either side.
     *
     * @param directory common to both
     * @return the line
     * @throws IOException if it can't be mapped
     */
    public static CacheLine open(final Path directory) throws IOException {
        return new CacheLine(MappedFiles.map(directory.resolve("line"), LENGTH));
    }

    /** Answers, spinning, until the caller's side calls {@link #end}. */
    public void answer() {
        for (long next = 1; ; next++) {
            long seen = line.getLongVolatile(CALLS);
            while (seen != next) {
                if (seen == END) {
                    return;
                }
                Thread.onSpinWait();
                seen = line.getLongVolatile(CALLS);
            }
            line.putDouble(ANSWER, Payload.answer(line.getInt(INDEX), line.getDouble(VALUE)));
            line.putLongRelease(ANSWERS, next); // pairs with the caller's spin
        }
    }

    /**
     * Makes one call and spins until it is answered.
     *
     * @param index to send
     * @param value to send
     * @return the answer
     */
    public double call(final int index, final double value) {
        line.putInt(INDEX, index);
        line.putDouble(VALUE, value);
        line.putLongRelease(CALLS, ++call); // pairs with the far side's spin
        while (line.getLongVolatile(ANSWERS) != call) {
            Thread.onSpinWait();
        }
        return line.getDouble(ANSWER);
    }

    /** For the caller: nothing more will be called. */
    public void end() {
        line.putLongRelease(CALLS, END);
    }

    /**
     * The median time of a call by this line.
     *
     * @param warmUp before it is taken
     * @param measured for how long
     * @return nanoseconds
     * @throws Exception never, but as a step may
     */
    public double medianNs(final Duration warmUp, final Duration measured) throws Exception {
        return MedianTime.ofNs(count -> call(count, count), warmUp, measured);
    }
}

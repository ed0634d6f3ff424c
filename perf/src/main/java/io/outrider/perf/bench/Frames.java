package io.outrider.perf.bench;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What is in a frame: the work that both sides do is the same wherever the frame lies. */
public final class Frames {
    /** The size of a frame in bytes. */
    public static final int BYTES = 1024 * 1024;

    private Frames() {}

    /**
     * Fills a frame, word by word.
     *
     * @param frame to fill
     * @param length in bytes, a multiple of 8
     * @param seed of its words
     */
    public static void fill(final MutableDirectBuffer frame, final int length, final long seed) {
        for (int i = 0; i < length; i += Long.BYTES) {
            frame.putLong(i, seed + i);
        }
    }

    /**
     * Adds the words of a frame up.
     *
     * @param frame that was filled
     * @param length in bytes
     * @return the sum
     */
    public static long sum(final DirectBuffer frame, final int length) {
        long sum = 0;
        for (int i = 0; i < length; i += Long.BYTES) {
            sum += frame.getLong(i);
        }
        return sum;
    }

    /**
     * What the sum of a frame must be.
     *
     * @param length in bytes
     * @param seed that it was filled with
     * @return the sum
     */
    public static long expected(final int length, final long seed) {
        final long words = length / Long.BYTES;
        return words * seed + Long.BYTES * (words * (words - 1) / 2);
    }

    /**
     * Fails if a frame was summed to something else.
     *
     * @param sum found
     * @param seed that it was filled with
     */
    public static void require(final long sum, final long seed) {
        if (sum != expected(BYTES, seed)) {
            throw new IllegalStateException("frame " + seed + " was summed to " + sum);
        }
    }
}

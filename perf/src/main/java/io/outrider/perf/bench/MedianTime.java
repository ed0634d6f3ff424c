package io.outrider.perf.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Times single steps, one after the other, for probes that want no more than the median. */
public final class MedianTime {
    /** Short runs, so that what is measured is the method as compiled, not a loop replaced on the way. */
    private static final int RUN = 20_000;

    private static final int SIGNIFICANT_DIGITS = 3;

    private MedianTime() {}

    /** What is timed. */
    @FunctionalInterface
    public interface Step {
        /**
         * Makes the step.
         *
         * @param count of those before it in its run
         * @throws Exception if it fails
         */
        void make(int count) throws Exception;
    }

    /**
     * The median time of a step.
     *
     * @param step to time
     * @param warmUp during which it is made as well
     * @param measured for how long it is timed
     * @return nanoseconds
     * @throws Exception if the step fails
     */
    public static double ofNs(final Step step, final Duration warmUp, final Duration measured) throws Exception {
        final long[] samples = new long[RUN];
        final long warm = System.nanoTime() + warmUp.toNanos();
        do {
            run(step, samples);
        } while (System.nanoTime() - warm < 0);
        final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        final long end = System.nanoTime() + measured.toNanos();
        do {
            run(step, samples);
            for (final long sample : samples) {
                histogram.recordValue(Math.max(0, sample));
            }
        } while (System.nanoTime() - end < 0);
        return histogram.getValueAtPercentile(50);
    }

    private static void run(final Step step, final long[] samples) throws Exception {
        long before = System.nanoTime();
        for (int i = 0; i < samples.length; i++) {
            step.make(i);
            final long now = System.nanoTime();
            samples[i] = now - before;
            before = now;
        }
    }
}

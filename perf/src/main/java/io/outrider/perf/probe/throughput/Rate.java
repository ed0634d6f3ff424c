package io.outrider.perf.probe.throughput;

import io.outrider.perf.bench.Figure;
import java.util.Arrays;

/**
 * How many calls go through in a second. What is timed runs for a tenth of a second at a time, so that it is timed as it was compiled and
 * not as a loop that was replaced on the way; it is warm when the rate grows no more. Then several windows are taken, and the
 * figure is their median: a rate of one long window would hide that it was two.
 */
final class Rate {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SHIFT_NS = SECOND_NS / 10;
    private static final int WINDOWS = 5;
    private static final int FULL_SHIFTS = 6;
    private static final int QUICK_SHIFTS = 3;
    private static final int LEAST_WARM_UP = 10;
    private static final int MOST_WARM_UP = 60;

    /** As many shifts without a better one as show that there will be none. */
    private static final int STANDS = 8;

    private static final double BETTER = 1.02;

    private Rate() {}

    /** What is counted. */
    @FunctionalInterface
    interface Traffic {
        /** Runs for a while; returns how many calls were answered in that time. */
        long run(long durationNs) throws Exception;
    }

    /** Runs until the rate grows no more, or has had its time. */
    static void warmUp(final Traffic traffic) throws Exception {
        double best = 0;
        int since = 0;
        for (int shift = 0; shift < MOST_WARM_UP && (shift < LEAST_WARM_UP || since < STANDS); shift++) {
            final double rate = perSecond(traffic, 1);
            since = rate > best * BETTER ? 0 : since + 1;
            best = Math.max(best, rate);
        }
    }

    /** The rate of warm traffic. */
    static Figure of(final String name, final Traffic traffic, final boolean quick) throws Exception {
        final double[] windows = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            windows[i] = perSecond(traffic, quick ? QUICK_SHIFTS : FULL_SHIFTS);
        }
        Arrays.sort(windows);
        return new Figure(name, "ops/s", windows[WINDOWS / 2]);
    }

    private static double perSecond(final Traffic traffic, final int shifts) throws Exception {
        final long begin = System.nanoTime();
        long count = 0;
        for (int i = 0; i < shifts; i++) {
            count += traffic.run(SHIFT_NS);
        }
        return (double) count * SECOND_NS / (System.nanoTime() - begin);
    }
}

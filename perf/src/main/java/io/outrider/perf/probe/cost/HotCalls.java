package io.outrider.perf.probe.cost;

import io.outrider.perf.ours.Arithmetic;
import java.util.Arrays;
import java.util.List;

/** Times single calls, spread over some objects. */
public final class HotCalls {
    private static final int FULL_CALLS = 1_000_000;
    private static final int QUICK_CALLS = 200_000;

    /** Any odd number that is no factor of a count of objects: goes through them all, near none of the last ones. */
    private static final long STRIDE = 611_953;

    private HotCalls() {}

    /**
     * The median time of a call, after a warm-up of as many calls again.
     *
     * @param stubs to be called
     * @param quick whether fewer calls will do
     * @return nanoseconds
     */
    public static double medianNs(final List<Arithmetic> stubs, final boolean quick) {
        final long[] samples = new long[quick ? QUICK_CALLS : FULL_CALLS];
        run(stubs, samples);
        run(stubs, samples);
        Arrays.sort(samples);
        return samples[samples.length / 2];
    }

    private static void run(final List<Arithmetic> stubs, final long[] samples) {
        long before = System.nanoTime();
        for (int i = 0; i < samples.length; i++) {
            stubs.get((int) (i * STRIDE % stubs.size())).f(i, i);
            final long now = System.nanoTime();
            samples[i] = now - before;
            before = now;
        }
    }
}

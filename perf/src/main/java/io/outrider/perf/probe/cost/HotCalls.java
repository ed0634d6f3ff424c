package io.outrider.perf.probe.cost;

import io.outrider.perf.bench.MedianTime;
import io.outrider.perf.ours.Arithmetic;
import java.time.Duration;
import java.util.List;

/** Times single calls, spread over some objects. */
public final class HotCalls {
    private static final Duration FULL = Duration.ofSeconds(2);
    private static final Duration QUICK = Duration.ofMillis(300);

    /** Any odd number that is no factor of a count of objects: goes through them all, near none of the last ones. */
    private static final long STRIDE = 611_953;

    private HotCalls() {}

    /**
     * The median time of a call, after a warm-up of as long.
     *
     * @param stubs to be called
     * @param quick whether fewer calls will do
     * @return nanoseconds
     * @throws Exception if a call fails
     */
    public static double medianNs(final List<Arithmetic> stubs, final boolean quick) throws Exception {
        final Duration time = quick ? QUICK : FULL;
        final long[] made = new long[1];
        return MedianTime.ofNs(
                count -> stubs.get((int) (made[0]++ * STRIDE % stubs.size())).f(count, count), time, time);
    }
}

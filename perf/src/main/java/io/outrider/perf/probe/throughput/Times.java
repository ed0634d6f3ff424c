package io.outrider.perf.probe.throughput;

import io.outrider.perf.bench.Figure;

/** For how long throughput is taken. */
final class Times {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FULL_SECONDS = 3;

    private Times() {}

    static long warmUpNs(final boolean quick) {
        return measuredNs(quick);
    }

    static long measuredNs(final boolean quick) {
        return quick ? SECOND_NS : FULL_SECONDS * SECOND_NS;
    }

    static Figure perSecond(final String name, final long count, final long durationNs) {
        return new Figure(name, "ops/s", (double) count * SECOND_NS / durationNs);
    }
}

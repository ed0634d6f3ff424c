package io.outrider.perf.probe.memory;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Frames;
import io.outrider.perf.bench.Probe;
import java.util.List;
import java.util.function.LongConsumer;

/** The probes of {@code perf buffer}: frames of 1 MiB, filled by one process and summed by the other, two of them in turn. */
public final class MemoryProbes implements Probe.Source {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FULL_SECONDS = 3;
    /** Frames of this size are so few in a second that their path is compiled only after some: by then both sides spin, and the compiler waits for a processor. */
    private static final int WARM_UP_SECONDS = 4;

    @Override
    public List<Probe> probes() {
        return List.of(new MemoryHandover(), new LoansTouched());
    }

    /** Sends frames until all is warm and then for a while, and tells how many bytes went by in a second of that. */
    static Figure rate(final String name, final boolean quick, final LongConsumer frame) {
        final long durationNs = quick ? SECOND_NS : FULL_SECONDS * SECOND_NS;
        final long warm = run(0, WARM_UP_SECONDS * SECOND_NS, frame);
        final long count = run(warm, durationNs, frame) - warm;
        return new Figure(name, "GB/s", (double) count * Frames.BYTES / durationNs);
    }

    private static long run(final long first, final long durationNs, final LongConsumer frame) {
        final long end = System.nanoTime() + durationNs;
        long next = first;
        do {
            frame.accept(next++);
        } while (System.nanoTime() - end < 0);
        return next;
    }
}

package io.outrider.perf.probe.stream;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.util.Arrays;
import java.util.List;

/** How long from the call of a generator to its first value, beside a call of the same object in the same run. */
record FirstValue(String transport) implements Probe {
    private static final int FULL = 100_000;
    private static final int QUICK = 20_000;
    /** Until both ends are compiled, which takes its time while both sides spin. */
    private static final long WARM_UP_NS = 3_000_000_000L;

    @Override
    public String name() {
        return "outrider." + transport + ".stream.first";
    }

    @Override
    public Group group() {
        return Group.STREAM;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        final int count = quick ? QUICK : FULL;
        try (RemoteExecutor workers = StreamRate.open(rig, transport);
                RemoteObject<Flowing> object = workers.create(Flowing.class, Flowing.Source::new)) {
            final Flowing source = object.stub();
            final long warmAt = System.nanoTime() + WARM_UP_NS;
            do {
                firstValues(source, QUICK);
                calls(source, QUICK);
            } while (System.nanoTime() - warmAt < 0);
            return List.of(
                    new Figure(name(), "µs", firstValues(source, count)),
                    new Figure("outrider." + transport + ".stream.call", "µs", calls(source, count)));
        }
    }

    private static double firstValues(final Flowing source, final int count) {
        final long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            final long begin = System.nanoTime();
            try (RemoteStream.OfLong values = source.longs()) {
                final long first = values.nextLong();
                times[i] = System.nanoTime() - begin + first; // which is 0
            }
        }
        return medianUs(times);
    }

    private static double calls(final Flowing source, final int count) {
        final long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            final long begin = System.nanoTime();
            final long answer = source.same(0);
            times[i] = System.nanoTime() - begin + answer; // which is 0
        }
        return medianUs(times);
    }

    private static double medianUs(final long[] times) {
        Arrays.sort(times);
        return times[times.length / 2] / 1e3;
    }
}

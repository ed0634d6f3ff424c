package io.outrider.perf.probe.cost;

import io.outrider.api.RemoteExecutor;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.ArithmeticObject;
import io.outrider.perf.ours.OneWorker;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls into a worker that holds one object and then a million: always the same one, and spread over all of them, which adds the misses
 * of the processor's caches on both sides. It is the same worker all the time. Both sides spin, and one thread makes the objects: more
 * would wait for one of two processors.
 */
record AmongObjects(String transport, int objects) implements Probe {
    private static final int QUICK_SHARE = 10;

    @Override
    public String name() {
        return "outrider." + transport + ".objects";
    }

    @Override
    public Group group() {
        return Group.SCALE;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (OneWorker worker = OneWorker.open(rig, transport, WaitStrategy.SPIN)) {
            final List<Arithmetic> first = List.of(worker.object().stub());
            final HotPair pair = new HotPair(rig, worker);
            HotCalls.medianNs(first, quick);
            final HotPair.Timed alone = pair.time(first, quick);
            final long before = System.nanoTime();
            final int count = quick ? objects / QUICK_SHARE : objects;
            final List<Arithmetic> all = create(worker.workers(), count - 1);
            final double perObject = (double) (System.nanoTime() - before) / all.size();
            all.add(first.get(0));
            final HotPair.Timed same = pair.time(first, quick);
            final HotPair.Timed spread = pair.time(all, quick);
            return List.of(
                    new Figure(name() + ".1.p50", "ns", alone.call()),
                    new Figure(name() + "." + count + ".p50", "ns", same.call()),
                    new Figure(name() + "." + count + ".spread.p50", "ns", spread.call()),
                    new Figure(name() + "." + count + ".create", "ns", perObject),
                    new Figure(name() + ".1.line", "ns", alone.line()),
                    new Figure(name() + "." + count + ".line", "ns", same.line()),
                    new Figure(name() + ".ratio", "times one", same.against(alone)),
                    new Figure(name() + ".spread.ratio", "times one", spread.against(alone)));
        }
    }

    private static List<Arithmetic> create(final RemoteExecutor workers, final int count) {
        final List<Arithmetic> stubs = new ArrayList<>(count + 1);
        for (int i = 0; i < count; i++) {
            stubs.add(workers.create(Arithmetic.class, ArithmeticObject.class).stub());
        }
        return stubs;
    }
}

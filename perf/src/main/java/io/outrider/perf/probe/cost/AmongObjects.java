package io.outrider.perf.probe.cost;

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
 * Calls into a worker that holds many objects: always the same one, and spread over all of them, which adds the misses of
 * the processor's caches on both sides. Both sides spin, so that making the objects does not take for ever.
 */
record AmongObjects(String transport, int objects) implements Probe {
    private static final int QUICK_SHARE = 10;

    @Override
    public String name() {
        return "outrider." + transport + ".objects." + objects;
    }

    @Override
    public Group group() {
        return Group.SCALE;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        final int count = quick ? Math.max(1, objects / QUICK_SHARE) : objects;
        final String prefix = "outrider." + transport + ".objects." + count;
        try (OneWorker worker = OneWorker.open(rig, transport, WaitStrategy.SPIN)) {
            final List<Arithmetic> stubs = new ArrayList<>(count);
            stubs.add(worker.object().stub());
            final long before = System.nanoTime();
            while (stubs.size() < count) {
                stubs.add(worker.workers()
                        .create(Arithmetic.class, ArithmeticObject::new)
                        .stub());
            }
            final List<Figure> figures = new ArrayList<>();
            if (count > 1) {
                figures.add(new Figure(prefix + ".create", "ns", (System.nanoTime() - before) / (count - 1.0)));
                figures.add(new Figure(prefix + ".spread.p50", "ns", HotCalls.medianNs(stubs, quick)));
            }
            figures.add(new Figure(prefix + ".p50", "ns", HotCalls.medianNs(stubs.subList(0, 1), quick)));
            return figures;
        }
    }
}

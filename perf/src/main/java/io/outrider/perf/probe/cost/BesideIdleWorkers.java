package io.outrider.perf.probe.cost;

import io.outrider.api.WorkerInfo;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.OneWorker;
import java.io.IOException;
import java.util.List;

/** A hot pair beside idle workers of the same executor, all waiting as they do by default. */
record BesideIdleWorkers(String transport, int idle) implements Probe {
    @Override
    public String name() {
        return "outrider." + transport + ".beside." + idle;
    }

    @Override
    public Group group() {
        return Group.SCALE;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException {
        try (OneWorker hot = OneWorker.open(rig, transport, WaitStrategy.ADAPTIVE, idle + 1)) {
            final double median = HotCalls.medianNs(List.of(hot.object().stub()), quick);
            double memory = 0;
            for (final WorkerInfo worker : hot.workers().workers()) {
                memory += ProcFs.proportionalMib(worker.pid());
            }
            return List.of(
                    new Figure(name() + ".p50", "ns", median),
                    new Figure(name() + ".memory_per_worker", "MiB", memory / (idle + 1)));
        }
    }
}

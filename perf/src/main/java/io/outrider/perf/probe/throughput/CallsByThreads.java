package io.outrider.perf.probe.throughput;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.OneWorker;
import java.util.List;

/** Four threads that call one worker. */
record CallsByThreads(String transport) implements Probe {
    @Override
    public String name() {
        return "outrider." + transport + ".threads." + Crowd.THREADS;
    }

    @Override
    public Group group() {
        return Group.THROUGHPUT;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (OneWorker worker = OneWorker.open(rig, transport, WaitStrategy.YIELD);
                Crowd crowd = new Crowd()) {
            final Arithmetic stub = worker.object().stub();
            final Crowd.Caller caller = (thread, count) -> stub.f(thread, (double) count);
            final Rate.Traffic traffic = durationNs -> crowd.run(caller, durationNs);
            Rate.warmUp(traffic);
            return List.of(Rate.of(name(), traffic, quick));
        }
    }
}

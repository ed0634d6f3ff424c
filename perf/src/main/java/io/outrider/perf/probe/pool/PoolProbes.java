package io.outrider.perf.probe.pool;

import io.outrider.perf.bench.Probe;
import java.util.List;

/** The probes of {@code perf pool}. */
public final class PoolProbes implements Probe.Source {
    @Override
    public List<Probe> probes() {
        return List.of(
                new SubmitGet("jdk.submit.get", null),
                new SubmitGet("outrider.ring.submit.get", "ring"),
                new SubmitGet("outrider.queue.submit.get", "queue"),
                new PythonSubmitGet(),
                new FourOnTwo("ring"),
                new FourOnTwo("queue"),
                new MapItems("ring"),
                new MapItems("queue"));
    }
}

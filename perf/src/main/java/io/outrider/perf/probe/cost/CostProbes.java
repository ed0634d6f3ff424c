package io.outrider.perf.probe.cost;

import io.outrider.perf.bench.Probe;
import java.util.ArrayList;
import java.util.List;

/** The probes of {@code perf startup}, {@code idle} and {@code scale}. */
public final class CostProbes implements Probe.Source {
    private static final List<String> TRANSPORTS = List.of("ring", "queue");
    private static final int OBJECTS = 1_000_000;

    @Override
    public List<Probe> probes() {
        final List<Probe> probes = new ArrayList<>();
        probes.add(new EmptyJvm());
        for (final String transport : TRANSPORTS) {
            probes.add(new FirstReply(transport));
            probes.add(new SpareReply(transport));
            probes.add(new IdlePair(transport));
            probes.add(new BesideIdleWorkers(transport));
        }
        probes.add(new AmongObjects("ring", OBJECTS)); // what a worker does with its objects is the same on either
        return probes;
    }
}

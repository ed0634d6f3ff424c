package io.outrider.perf.probe.throughput;

import io.outrider.perf.bench.Probe;
import java.util.List;

/** The probes of {@code perf throughput}: raw rings, and Outrider in the same ways. */
public final class ThroughputProbes implements Probe.Source {
    private static final int IN_FLIGHT = 64;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    @Override
    public List<Probe> probes() {
        return List.of(
                new RingsTwoWay("agrona.ring.twoway", UNBOUNDED),
                new RingsTwoWay("agrona.ring.twoway." + IN_FLIGHT, IN_FLIGHT),
                new PipelinedCalls("ring", IN_FLIGHT),
                new PipelinedCalls("queue", IN_FLIGHT),
                new CallsByFutures("ring", IN_FLIGHT),
                new CallsByFutures("queue", IN_FLIGHT),
                new RingsByThreads(),
                new CallsByThreads("ring"),
                new CallsByThreads("queue"));
    }
}

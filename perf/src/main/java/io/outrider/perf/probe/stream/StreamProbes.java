package io.outrider.perf.probe.stream;

import io.outrider.perf.bench.Probe;
import java.util.List;

/** The probes of {@code perf stream}. */
public final class StreamProbes implements Probe.Source {
    @Override
    public List<Probe> probes() {
        return List.of(
                new StreamRate("ring", false),
                new RawMessages(RawWay.AGRONA_RING),
                new StreamRate("ring", true),
                new RawMessages(RawWay.GRPC),
                new StreamRate("queue", false),
                new StreamRate("queue", true),
                new RawMessages(RawWay.CHRONICLE_QUEUE),
                new FirstValue("ring"));
    }
}

package io.outrider.perf.probe.feed;

import io.outrider.perf.bench.Probe;
import java.util.List;

/** The probes of {@code perf feed}. */
public final class FeedProbes implements Probe.Source {
    private static final int FEW = 1;
    private static final int MANY = 3;

    @Override
    public List<Probe> probes() {
        return List.of(new FeedRate("ring", FEW), new FeedRate("ring", MANY));
    }
}

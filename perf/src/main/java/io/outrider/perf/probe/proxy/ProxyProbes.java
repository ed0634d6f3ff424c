package io.outrider.perf.probe.proxy;

import io.outrider.perf.bench.Probe;
import java.util.List;

/** The probes of {@code perf proxy}. */
public final class ProxyProbes implements Probe.Source {
    @Override
    public List<Probe> probes() {
        return List.of(
                new ForwardedCalls("ring"),
                new ForwardedCalls("queue"),
                new ManyReferences("ring"),
                new AttachedClients("ring"),
                new AttachedClients("queue"));
    }
}

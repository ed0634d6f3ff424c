package io.outrider.perf.probe.pool;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.perf.bench.Rig;

/** How the probes open their workers: with the settings that a user has without touching any other. */
final class PoolOfTwo {
    private PoolOfTwo() {}

    static RemoteExecutor open(final Rig rig, final String transport, final int workers) {
        return Outrider.open(Outrider.builder()
                .workers(workers)
                .transport(transport)
                .baseDirectory(rig.directory())
                .archive(false)
                .conclude());
    }
}

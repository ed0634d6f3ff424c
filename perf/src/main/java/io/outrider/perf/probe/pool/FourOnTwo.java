package io.outrider.perf.probe.pool;

import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteExecutorService;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;

/** Four tasks that work for 0.4 s each, on two workers: 0.8 s at best. */
record FourOnTwo(String transport) implements Probe {
    private static final int TASKS = 4;
    private static final long WORK_NS = 400_000_000L;
    private static final double NS_PER_S = 1e9;

    @Override
    public String name() {
        return "outrider." + transport + ".pool.four.on.two";
    }

    @Override
    public Group group() {
        return Group.POOL;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (RemoteExecutor workers = PoolOfTwo.open(rig, transport, 2);
                RemoteExecutorService pool = workers.asExecutorService()) {
            final RemoteCallable<Long> work = () -> work(WORK_NS);
            final long begun = System.nanoTime();
            for (final Future<Long> done : pool.invokeAll(Collections.nCopies(TASKS, work))) {
                if (done.get() < WORK_NS) {
                    throw new IllegalStateException("a task has not done its work");
                }
            }
            return List.of(new Figure(name(), "s", (System.nanoTime() - begun) / NS_PER_S));
        }
    }

    /** Keeps a processor busy. */
    private static long work(final long durationNs) {
        final long begun = System.nanoTime();
        while (System.nanoTime() - begun < durationNs) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - begun;
    }
}

package io.outrider.perf.probe.pool;

import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One task after the other, each submitted and waited for: the same lambda, with other captured values each time.
 *
 * @param name in reports
 * @param transport of one worker, or null for one thread of this JVM
 */
record SubmitGet(String name, @Nullable String transport) implements Probe {
    private static final int FULL_TASKS = 100_000;
    private static final int QUICK_TASKS = 30_000;

    /** Submits a task. */
    private interface Pool {
        Future<Double> submit(RemoteCallable<Double> task);
    }

    @Override
    public Group group() {
        return Group.POOL;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        final int tasks = quick ? QUICK_TASKS : FULL_TASKS;
        if (transport == null) {
            final ExecutorService pool = Executors.newSingleThreadExecutor();
            try {
                return List.of(median(pool::submit, tasks));
            } finally {
                pool.shutdownNow();
            }
        }
        try (RemoteExecutor workers = PoolOfTwo.open(rig, transport, 1)) {
            return List.of(median(workers.asExecutorService()::submit, tasks));
        }
    }

    private Figure median(final Pool pool, final int tasks) throws Exception {
        final long[] samples = new long[tasks];
        run(pool, samples);
        run(pool, samples);
        Arrays.sort(samples);
        return new Figure(name, "ns", samples[tasks / 2]);
    }

    private static void run(final Pool pool, final long[] samples) throws Exception {
        for (int i = 0; i < samples.length; i++) {
            final int index = i;
            final double value = i;
            final long begun = System.nanoTime();
            final double answer =
                    pool.submit(() -> Payload.answer(index, value)).get();
            samples[i] = System.nanoTime() - begun;
            if (answer != Payload.answer(index, value)) {
                throw new IllegalStateException("task " + i + " was answered with " + answer);
            }
        }
    }
}

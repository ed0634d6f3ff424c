package io.outrider.perf.probe.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that make one call after the other, all at once. */
final class Crowd implements AutoCloseable {
    static final int THREADS = 4;

    private static final int CALLS_BETWEEN_CLOCKS = 64;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** What one of the threads does again and again. */
    interface Caller {
        void call(int thread, long count) throws Exception;
    }

    /** Lets them call for a while; returns how many calls they made together. */
    long run(final Caller caller, final long durationNs) throws Exception {
        final long end = System.nanoTime() + durationNs;
        final List<Callable<Long>> shifts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            final int thread = i;
            shifts.add(() -> shift(caller, thread, end));
        }
        long calls = 0;
        for (final Future<Long> shift : threads.invokeAll(shifts)) {
            calls += shift.get();
        }
        return calls;
    }

    private static long shift(final Caller caller, final int thread, final long end) throws Exception {
        long count = 0;
        do {
            for (int i = 0; i < CALLS_BETWEEN_CLOCKS; i++) {
                caller.call(thread, count++);
            }
        } while (System.nanoTime() - end < 0);
        return count;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

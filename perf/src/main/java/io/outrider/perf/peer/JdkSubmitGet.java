package io.outrider.perf.peer;

import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A task for another thread of the same JVM: what a user would do without Outrider. */
public final class JdkSubmitGet implements Contender {
    @Override
    public String name() {
        return "jdk.submit.get";
    }

    @Override
    public Exchange open(final Rig rig) {
        return new OneThread(Executors.newSingleThreadExecutor());
    }

    private record OneThread(ExecutorService executor) implements Exchange {
        @Override
        public double call(final int index, final double value) throws ExecutionException, InterruptedException {
            return executor.submit(() -> Payload.answer(index, value)).get();
        }

        @Override
        public long workerAllocatedBytes() {
            return 0; // both threads are in the caller's JVM and count there
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}

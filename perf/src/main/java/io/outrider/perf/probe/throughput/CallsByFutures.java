package io.outrider.perf.probe.throughput;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.OneWorker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls through futures, a fixed number in flight: before one more is made, the oldest is waited for. */
record CallsByFutures(String transport, int inFlight) implements Probe {
    @Override
    public String name() {
        return "outrider." + transport + ".futures." + inFlight;
    }

    @Override
    public Group group() {
        return Group.THROUGHPUT;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (OneWorker worker = OneWorker.open(rig, transport, WaitStrategy.SPIN)) {
            final Rate.Traffic traffic = durationNs -> run(worker, durationNs);
            Rate.warmUp(traffic);
            return List.of(Rate.of(name(), traffic, quick));
        }
    }

    private long run(final OneWorker worker, final long durationNs) {
        final ArrayDeque<CompletableFuture<Double>> flying = new ArrayDeque<>(inFlight);
        final long end = System.nanoTime() + durationNs;
        long answered = 0;
        do {
            if (flying.size() == inFlight) {
                check(flying.remove().join(), (double) answered++);
            }
            final double value = (double) (answered + flying.size());
            flying.add(worker.object().async(remote -> remote.f(1, value), Runnable::run));
        } while (System.nanoTime() - end < 0);
        final long inTime = answered;
        for (final CompletableFuture<Double> last : flying) {
            check(last.join(), (double) answered++);
        }
        return inTime;
    }

    private static void check(final double answer, final double value) {
        if (answer != Payload.answer(1, value)) {
            throw new IllegalStateException("call " + value + " was answered with " + answer);
        }
    }
}

package io.outrider.perf.probe.throughput;

import io.outrider.api.CallPipeline;
import io.outrider.api.Outcome;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Allocation;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.OneWorker;
import java.util.List;

/** Calls through a pipeline, a fixed number in flight; their outcomes go to a handler, which checks each. */
record PipelinedCalls(String transport, int inFlight) implements Probe {
    private static final int CALLS_BETWEEN_CLOCKS = 256;

    @Override
    public String name() {
        return "outrider." + transport + ".pipelined." + inFlight;
    }

    @Override
    public Group group() {
        return Group.THROUGHPUT;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        final Ledger ledger = new Ledger();
        try (OneWorker worker = OneWorker.open(rig, transport, WaitStrategy.SPIN);
                CallPipeline<Arithmetic> pipeline = worker.object().pipeline(inFlight, ledger::check)) {
            final Arithmetic stub = worker.object().stub();
            final Rate.Traffic traffic = durationNs -> ledger.run(pipeline, durationNs);
            Rate.warmUp(traffic);
            stub.allocatedBytes(); // the first reading of the counters, on either side, allocates by itself
            Allocation.ofAllThreads();
            final long workerBefore = stub.allocatedBytes();
            final long callerBefore = Allocation.ofAllThreads();
            final long answeredBefore = ledger.answered;
            final Figure rate = Rate.of(name(), traffic, quick);
            final double caller = Allocation.ofAllThreads() - callerBefore;
            final double workers = stub.allocatedBytes() - workerBefore;
            final long answered = ledger.answered - answeredBefore;
            return List.of(
                    rate,
                    new Figure(name() + ".bytesPerOpCaller", "B", caller / answered),
                    new Figure(name() + ".bytesPerOpWorker", "B", workers / answered));
        }
    }

    /** Counts what was sent and what came back. */
    private static final class Ledger {
        private long sent;
        private long answered;

        long run(final CallPipeline<Arithmetic> pipeline, final long durationNs) {
            final long before = answered;
            final long end = System.nanoTime() + durationNs;
            do {
                for (int i = 0; i < CALLS_BETWEEN_CLOCKS; i++) {
                    pipeline.call(sent).f(1, (double) sent);
                    sent++;
                }
            } while (System.nanoTime() - end < 0);
            return answered - before;
        }

        void check(final long tag, final Outcome outcome) {
            final double answer = outcome.getDouble();
            if (answer != Payload.answer(1, (double) tag)) {
                throw new IllegalStateException("call " + tag + " was answered with " + answer);
            }
            answered++;
        }
    }
}

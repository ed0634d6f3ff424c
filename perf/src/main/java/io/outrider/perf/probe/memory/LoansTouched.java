package io.outrider.perf.probe.memory;

import io.outrider.Outrider;
import io.outrider.api.CallPipeline;
import io.outrider.api.Loan;
import io.outrider.api.Outcome;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Frames;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.loan.Lending;
import io.outrider.perf.ours.loan.LendingObject;
import java.util.List;

/** Two loans that go there filled and come back summed: while one is away the other is filled. */
record LoansTouched() implements Probe {
    private static final int LOANS = 2;

    @Override
    public String name() {
        return "outrider.ring.loan.touched";
    }

    @Override
    public Group group() {
        return Group.BUFFER;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        try (RemoteExecutor workers = Outrider.open(Outrider.builder()
                        .transport("ring")
                        .waitStrategy(WaitStrategy.SPIN)
                        .baseDirectory(rig.directory())
                        .archive(false)
                        .conclude());
                RemoteObject<Lending> object = workers.create(Lending.class, LendingObject::new)) {
            final Traffic traffic = new Traffic(object);
            final Figure rate = MemoryProbes.rate(name(), quick, traffic::frame);
            traffic.close();
            return List.of(rate);
        }
    }

    /** Which loans are here, and what was sent in those that are not. */
    private static final class Traffic implements AutoCloseable {
        private final Loan[] here = new Loan[LOANS];
        private final boolean[] away = new boolean[LOANS];
        private final CallPipeline<Lending> pipeline;

        Traffic(final RemoteObject<Lending> object) {
            pipeline = object.pipeline(LOANS, this::arrived);
            for (int i = 0; i < LOANS; i++) {
                here[i] = object.arena().loan(Frames.BYTES);
            }
        }

        void frame(final long number) {
            final int which = (int) (number % LOANS);
            while (away[which]) {
                pipeline.poll();
            }
            Frames.fill(here[which].buffer(), Frames.BYTES, number);
            away[which] = true;
            pipeline.call(number).sum(here[which]);
        }

        private void arrived(final long number, final Outcome outcome) {
            final int which = (int) (number % LOANS);
            final Object loan = outcome.get();
            if (!(loan instanceof Loan summed)) {
                throw new IllegalStateException("frame " + number + " came back as " + loan);
            }
            here[which] = summed;
            away[which] = false;
            Frames.require(summed.buffer().getLong(0), number);
        }

        @Override
        public void close() {
            pipeline.close();
            for (final Loan loan : here) {
                loan.close();
            }
        }
    }
}

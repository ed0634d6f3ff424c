package io.outrider.perf.part;

import io.outrider.engine.Waker;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import io.outrider.worker.host.RunPhase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The rungs of the ladder, and what the parts of a call cost on one thread, where no cache line travels: the processor's work alone. */
public final class PartProbes implements Probe.Source {
    private static final int LINE = 128;

    @Override
    public List<Probe> probes() {
        final List<Probe> probes =
                new ArrayList<>(Ladder.contenders().stream().map(RungProbe::new).toList());
        probes.addAll(List.of(
                new Part("part.clock", "one reading of the clock", rig -> count -> System.nanoTime()),
                new Part("part.encode.decode", "int and double to bytes and back", rig -> {
                    final Encodings encodings = new Encodings();
                    return count -> encodings.primitives(count, count);
                }),
                new Part("part.stub.to.dispatcher", "all but lane and engine", rig -> {
                    final Arithmetic stub = new LocalCalls().stub();
                    return count -> stub.f(count, count);
                }),
                new Part("part.claim.commit.poll", "one frame through a lane", rig -> {
                    final LaneOnOneThread lane = new LaneOnOneThread(rig.directory());
                    return lane::offerAndPoll;
                }),
                new Part("part.slot.there.and.back", "a call and its reply through a slot", rig -> {
                    final SlotOnOneThread slot = new SlotOnOneThread(rig.directory());
                    return slot::thereAndBack;
                }),
                new Part("part.waker", "the fence and the look at the parked flag", rig -> {
                    final Waker waker = new Waker(status(), Side.WORKER, () -> {});
                    return count -> waker.wake() ? 1 : 0;
                }),
                new Part("part.leader.enter.leave", "into a call and out of it", rig -> {
                    final RunPhase phase = new RunPhase();
                    return count -> {
                        phase.enter();
                        return phase.leave() ? 1 : 0;
                    };
                })));
        return probes;
    }

    private static LinkStatus status() {
        return new LinkStatus(new UnsafeBuffer(BufferUtil.allocateDirectAligned(LinkStatus.LENGTH, LINE)));
    }

    /** What is done again and again; the result keeps it from being left out. */
    private interface Work {
        double once(int count);
    }

    /** Makes the work ready. */
    private interface Setup {
        Work open(Rig rig);
    }

    private record Part(String name, String what, Setup setup) implements Probe {
        private static final int BATCHES = 200;
        private static final int PER_BATCH = 100_000;

        @Override
        public Group group() {
            return Group.BREAKDOWN;
        }

        @Override
        public List<Figure> measure(final Rig rig, final boolean quick) {
            final Work work = setup.open(rig);
            final double[] perCall = new double[BATCHES];
            double sum = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                final long before = System.nanoTime();
                sum += batch(work);
                perCall[batch] = (System.nanoTime() - before) / (double) PER_BATCH;
            }
            if (Double.isNaN(sum)) {
                throw new IllegalStateException(what + " came to nothing");
            }
            final double[] warm = Arrays.copyOfRange(perCall, BATCHES / 2, BATCHES);
            Arrays.sort(warm);
            return List.of(new Figure(name, "ns", warm[warm.length / 2]));
        }

        private static double batch(final Work work) {
            double sum = 0;
            for (int i = 0; i < PER_BATCH; i++) {
                sum += work.once(i);
            }
            return sum;
        }
    }
}

package io.outrider.perf.probe.throughput;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.peer.AgronaRingEcho;
import io.outrider.perf.peer.RingEcho;
import java.util.List;
import org.agrona.concurrent.MessageHandler;

/** Raw rings, two ways: one thread sends and takes in the replies; each counts once, when its reply is here. */
record RingsTwoWay(String name, int inFlight) implements Probe {
    private static final int STEPS_BETWEEN_CLOCKS = 1_000;
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> {};

    @Override
    public Group group() {
        return Group.THROUGHPUT;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (RingEcho.Pair rings = new AgronaRingEcho().pair(rig)) {
            final Traffic traffic = new Traffic(rings);
            Rate.warmUp(traffic::run);
            return List.of(Rate.of(name, traffic::run, quick));
        }
    }

    private final class Traffic {
        private final RingEcho.Pair rings;
        private long sent;
        private long received;

        Traffic(final RingEcho.Pair rings) {
            this.rings = rings;
        }

        long run(final long durationNs) {
            final long before = received;
            final long end = System.nanoTime() + durationNs;
            do {
                for (int step = 0; step < STEPS_BETWEEN_CLOCKS; step++) {
                    if (sent - received < inFlight && rings.trySend((int) sent, (double) sent)) {
                        sent++;
                    }
                    received += rings.replies().read(IGNORE);
                }
            } while (System.nanoTime() - end < 0);
            return received - before;
        }
    }
}

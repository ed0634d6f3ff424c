package io.outrider.perf.probe.throughput;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.peer.AgronaManyToOneEcho;
import io.outrider.perf.peer.RingEcho;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.agrona.concurrent.MessageHandler;

/**
 * A raw pair of many-to-one rings with four callers, each of which waits for its own reply: whoever gets hold of the replies
 * reads them for all. They wait as {@link io.outrider.config.WaitStrategy#YIELD} does.
 */
final class RingsByThreads implements Probe {
    private static final int PADDING = 16;
    private static final int SPINS = 30;
    private static final int THREAD_BITS = 3;

    @Override
    public String name() {
        return "agrona.manytoone.threads." + Crowd.THREADS;
    }

    @Override
    public Group group() {
        return Group.THROUGHPUT;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (RingEcho.Pair rings = new AgronaManyToOneEcho().pair(rig);
                Crowd crowd = new Crowd()) {
            final Desk desk = new Desk(rings);
            final Rate.Traffic traffic = durationNs -> crowd.run(desk::call, durationNs);
            Rate.warmUp(traffic);
            return List.of(Rate.of(name(), traffic, quick));
        }
    }

    /** Hands each reply to whom it is for: the number of the thread is in the lowest bits of what it sends. */
    private static final class Desk {
        private final RingEcho.Pair rings;
        private final AtomicBoolean reading = new AtomicBoolean();
        private final AtomicLongArray replies = new AtomicLongArray(Crowd.THREADS * PADDING);
        private final MessageHandler handler = (type, buffer, offset, length) -> {
            final long reply = (long) buffer.getDouble(offset);
            replies.setRelease((int) (reply & ((1 << THREAD_BITS) - 1)) * PADDING, reply);
        };

        Desk(final RingEcho.Pair rings) {
            this.rings = rings;
        }

        void call(final int thread, final long count) {
            final long request = ((count + 1) << THREAD_BITS) + thread;
            int fruitless = 0;
            while (!rings.trySend(0, (double) request)) {
                idle(fruitless++);
            }
            fruitless = 0;
            while (replies.getAcquire(thread * PADDING) != request) {
                if (!read()) {
                    idle(fruitless++);
                }
            }
        }

        private boolean read() {
            if (reading.get() || !reading.compareAndSet(false, true)) {
                return false;
            }
            final int read = rings.replies().read(handler);
            reading.set(false);
            return read > 0;
        }

        @SuppressWarnings("ThreadPriorityCheck") // yielding is what is compared
        private static void idle(final int fruitless) {
            if (fruitless < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}

package io.outrider.worker.host;

import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.stream.OutboundStream;
import io.outrider.stream.Pump;
import io.outrider.stream.Window;
import io.outrider.telemetry.Log;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the generators of a worker. One that is fast is run by the leader, a turn of some microseconds at a time between
 * two polls: then nothing is handed from thread to thread, and its credit is read by who needs it. One that is slow runs on a
 * thread of the pool, which it gives back while it has no credit. Safe from any thread.
 */
final class StreamTurns {
    private static final Log LOG = Log.of(StreamTurns.class);
    private static final int MAX_READY = 1024;

    private final Marshaller marshaller;
    private final int maxPayloadBytes;
    private final Window window;
    private final WorkerThreads threads;
    private final ManyToManyConcurrentArrayQueue<OutboundStream> ready =
            new ManyToManyConcurrentArrayQueue<>(MAX_READY); // for the leader
    private final ConcurrentLinkedQueue<Pump> pumps = new ConcurrentLinkedQueue<>();
    private final Set<Pump> alone = ConcurrentHashMap.newKeySet(); // off the leader
    private Runnable wakeLeader = () -> {}; // set before the first call
    private Consumer<Throwable> fatal = failure -> {}; // set before the first call
    private volatile boolean leaderless;

    StreamTurns(
            final Marshaller marshaller, final int maxPayloadBytes, final Window window, final WorkerThreads threads) {
        this.marshaller = marshaller;
        this.maxPayloadBytes = maxPayloadBytes;
        this.window = window;
        this.threads = threads;
    }

    /** Whom to wake when a stream is ready, and whom to tell that a lane failed. */
    void connect(final Runnable leader, final Consumer<Throwable> failures) {
        wakeLeader = leader;
        fatal = failures;
    }

    /** There is something to do for the leader. */
    void wakeLeader() {
        wakeLeader.run();
    }

    WorkerThreads threads() {
        return threads;
    }

    Marshaller marshaller() {
        return marshaller;
    }

    int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    /** How far a generator may be ahead from the beginning on. */
    Window window() {
        return window;
    }

    /** A stream has something to do. */
    void schedule(final OutboundStream stream) {
        if (!stream.isSlow() && !leaderless && ready.offer(stream)) {
            wakeLeader.run();
            if (leaderless) { // since just now: nobody else looks any more
                goOnAlone();
            }
            return;
        }
        try {
            threads.execute(() -> runAlone(stream));
        } catch (final RejectedExecutionException ending) {
            LOG.debug("{} ends with its worker", stream);
        }
    }

    private void runAlone(final OutboundStream stream) {
        try {
            final Pump pump = borrow(stream.port().loans());
            alone.add(pump);
            Pump.Result result = pump.run(stream, true);
            while (result == Pump.Result.MORE && (stream.isSlow() || stream.isStopped() || leaderless)) {
                result = pump.run(stream, true);
            }
            alone.remove(pump);
            giveBack(pump);
            if (result == Pump.Result.MORE) {
                schedule(stream);
            }
        } catch (final Throwable failure) { // of the lane, since the generator's own are its reader's
            fatal.accept(failure);
        }
    }

    /** For the watchdog: sends what was gathered off the leader and found no room in the lane when it was due. */
    void flushStuck() {
        alone.forEach(Pump::flushStuck);
    }

    /** For the leader: the next stream that is ready for a turn; null if none is. */
    @Nullable
    OutboundStream next() {
        return ready.poll();
    }

    boolean isAnyReady() {
        return !ready.isEmpty();
    }

    /** There will be no leader any more: what waited for it runs by itself. */
    void goOnAlone() {
        leaderless = true;
        for (OutboundStream stream = ready.poll(); stream != null; stream = ready.poll()) {
            schedule(stream);
        }
    }

    /** A pump; a new one begins with those loans. */
    Pump borrow(final LinkArena loans) {
        return Objects.requireNonNullElseGet(pumps.poll(), () -> new Pump(marshaller, maxPayloadBytes, loans));
    }

    void giveBack(final Pump pump) {
        pumps.add(pump);
    }
}

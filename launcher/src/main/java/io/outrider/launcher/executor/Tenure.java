package io.outrider.launcher.executor;

import io.outrider.config.PoolConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One process's time in a seat. Guarded by the lock of its pool, but for what is final. */
final class Tenure {
    final Seat seat;
    final Worker worker;
    final long beganNs = System.nanoTime();
    /** A task is on its way to it, or runs. */
    boolean busy;
    /** How many tasks it was given. */
    int tasks;
    /** It is being replaced and takes nothing new. */
    boolean retiring;
    /** When it last had something to do. */
    long lastBusyNs = beganNs;

    Tenure(final Seat seat, final Worker worker) {
        this.seat = seat;
        this.worker = worker;
    }

    boolean isOpen() {
        return seat.state == Seat.State.LIVE && seat.tenure == this && !retiring && worker.isAlive();
    }

    boolean takesTasks() {
        return isOpen() && !busy;
    }

    /** How much it has to do, for placement. */
    int load() {
        return worker.load() + (busy ? 1 : 0);
    }

    /** Whether nothing would be lost by ending it now. */
    boolean isIdle() {
        return isOpen() && !busy && worker.load() == 0 && worker.inFlight() == 0;
    }

    /** Why it is to be replaced by now, or null. */
    @Nullable
    String whyDue(final PoolConfig settings, final long nowNs) {
        final Duration maxAge = settings.maxAge();
        if (maxAge != null && nowNs - beganNs > maxAge.toNanos()) {
            return "it is older than " + maxAge;
        }
        final long maxMemory = settings.maxMemory();
        return maxMemory < Long.MAX_VALUE && ResidentMemory.of(worker.pid()) > maxMemory
                ? "it has more than " + maxMemory + " bytes of memory"
                : null;
    }

    /** The objects that go with it and are to be made again. */
    List<RecreatedObject<?>> objects() {
        return List.copyOf(seat.objects);
    }
}

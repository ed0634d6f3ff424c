package io.outrider.launcher.executor;

import java.util.List;

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

    /** Whether nothing would be lost by ending it now. */
    boolean isIdle() {
        return isOpen() && !busy && worker.load() == 0 && worker.inFlight() == 0;
    }

    /** The objects that go with it and are to be made again. */
    List<RecreatedObject<?>> objects() {
        return List.copyOf(seat.objects);
    }
}

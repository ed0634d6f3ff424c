package io.outrider.launcher.executor;

import io.outrider.api.ObjectOptions;
import io.outrider.api.WorkerInfo;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place for a worker: one process at a time, by the same id. Guarded by the lock of its pool. */
final class Seat {
    private static final long NO_PROCESS = -1;

    /** What the seat is like. */
    enum State {
        /** A process takes calls. */
        LIVE,
        /** A process is starting, or its objects are being made. */
        STARTING,
        /** The process was let go, and the next one starts when it is needed. */
        DORMANT,
        /** The process has died, and no other will come. */
        LOST
    }

    final int id;
    /** Only who names the worker gets it, and nobody follows it: what it holds can't be made again. */
    boolean reserved;

    final Set<RecreatedObject<?>> objects = new LinkedHashSet<>();
    State state = State.STARTING;
    int incarnation;

    @Nullable
    Tenure tenure;
    /** Makes what is told to those who need a seat that is lost. */
    @Nullable
    Supplier<OutriderException> cause;

    Seat(final int id) {
        this.id = id;
    }

    /** For who needs it although it is lost. */
    OutriderException whyLost() {
        final Supplier<OutriderException> known = cause;
        return known == null ? new ClosedException("worker " + id + " is gone") : known.get();
    }

    WorkerInfo info() {
        final Tenure now = tenure;
        if (now == null) {
            return new WorkerInfo(id, NO_PROCESS, incarnation, false, 0);
        }
        final WorkerInfo info = now.worker.info();
        final boolean live = info.alive() && (state == State.LIVE || state == State.STARTING);
        return new WorkerInfo(id, info.pid(), info.incarnation(), live, info.objects());
    }

    /** Whether it is for who wants this worker, or any. */
    boolean isFor(final int workerId) {
        return workerId == ObjectOptions.ANY_WORKER ? !reserved : isCalled(workerId);
    }

    boolean isCalled(final int workerId) {
        final Tenure now = tenure;
        return id == workerId || (now != null && now.worker.id() == workerId);
    }
}

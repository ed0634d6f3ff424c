package io.outrider.launcher.executor;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteCallable;
import io.outrider.api.TaskOptions;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderConfig;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.engine.ClientThreads;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.error.WorkerStartException;
import io.outrider.telemetry.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The workers of an executor as a pool of seats: who works where, who comes when one dies, is used up or was let go, and which tasks wait. Safe
 * from any thread. One lock guards all of it, under which nothing blocks and no code of the user's runs; processes are started and ended by
 * {@link Succession}.
 */
final class Pool {
    private static final Log LOG = Log.of(Pool.class);

    private final OutriderConfig config;
    private final PoolConfig settings;
    private final WorkerFactory factory;
    private final Object lock = new Object();
    private final List<Seat> seats = new ArrayList<>(); // by id; guarded by lock
    private final RestartBudget budget; // guarded by lock
    private final ClientThreads threads;
    private final TaskQueue tasks;
    private final Succession succession;
    private boolean accepting = true; // guarded by lock
    private boolean closed; // guarded by lock

    /**
     * @param config all settings
     * @param factory makes workers
     * @param successors starts and ends processes
     * @param threads complete futures, and run what has to be done between two tasks
     */
    Pool(
            final OutriderConfig config,
            final WorkerFactory factory,
            final Succession.Starter successors,
            final ClientThreads threads) {
        this.config = config;
        this.settings = config.pool();
        this.factory = factory;
        this.budget = new RestartBudget(
                settings.maxRestarts(), settings.restartWindow().toNanos());
        this.threads = threads;
        this.tasks = new TaskQueue(this, lock, threads);
        this.succession = new Succession(this, lock, successors, config.worker().drainTimeout());
    }

    OutriderConfig config() {
        return config;
    }

    /** Where futures complete, and where what follows a death may wait. */
    ClientThreads threads() {
        return threads;
    }

    byte[] encode(final RemoteCallable<?> task) {
        return factory.encode(task);
    }

    // --- who is there

    /** Gives a worker a seat of its own. A reserved one is only for who names it, and is not replaced. */
    void add(final Worker worker, final boolean reserved) {
        final Tenure tenure;
        synchronized (lock) {
            final Seat seat = new Seat(worker.id());
            seat.reserved = reserved;
            seat.incarnation = worker.incarnation();
            tenure = new Tenure(seat, worker);
            seat.tenure = tenure;
            seat.state = Seat.State.LIVE;
            seats.add(seat);
            seats.sort(
                    Comparator.comparingInt(each -> each.id)); // spares are not always taken in the order of their ids
            lock.notifyAll();
        }
        worker.afterDeath(() -> died(tenure));
        tasks.assign();
    }

    /** Keeps a worker for who names it from now on. */
    void reserve(final int workerId) {
        synchronized (lock) {
            seats.stream().filter(seat -> seat.isCalled(workerId)).forEach(seat -> seat.reserved = true);
        }
    }

    /** A worker that has a process just now. */
    Worker live(final int workerId) {
        synchronized (lock) {
            return seats.stream()
                    .filter(seat -> seat.tenure != null && seat.isCalled(workerId))
                    .map(seat -> seat.tenure.worker)
                    .findFirst()
                    .orElseThrow(() -> new ClosedException("worker " + workerId + " has no process"));
        }
    }

    /** Ends a worker and takes its seat away; nobody follows it. Blocks until it has ended, or the pool is closed. */
    void dismiss(final int workerId) {
        synchronized (lock) {
            for (final Seat seat : List.copyOf(seats)) {
                if (seat.isCalled(workerId)) {
                    seats.remove(seat);
                    seat.state = Seat.State.LOST;
                    final Tenure last = seat.tenure;
                    if (last != null) {
                        succession.letGo(last);
                        succession.awaitGone(last);
                    }
                }
            }
        }
    }

    int size() {
        synchronized (lock) {
            return seats.size();
        }
    }

    List<WorkerInfo> infos() {
        synchronized (lock) {
            return closed ? List.of() : seats.stream().map(Seat::info).toList();
        }
    }

    /** All processes there are, for closing. */
    List<Worker> workers() {
        synchronized (lock) {
            final List<Worker> all = new ArrayList<>(succession.leaving());
            for (final Seat seat : seats) {
                if (seat.tenure != null) {
                    all.add(seat.tenure.worker);
                }
            }
            return all;
        }
    }

    // --- objects

    /**
     * A worker for an object, on which a place was reserved. Waits for one that is starting, within the start timeout.
     *
     * @param workerId which, or any
     */
    Tenure place(final int workerId) {
        final long giveUpAt = System.nanoTime() + config.worker().startTimeout().toNanos();
        synchronized (lock) {
            while (true) {
                requireUsable(workerId);
                final Tenure chosen = seats.stream()
                        .filter(seat -> seat.isFor(workerId) && seat.tenure != null && seat.tenure.isOpen())
                        .map(seat -> seat.tenure)
                        .min(Comparator.comparingInt(Tenure::load))
                        .orElse(null);
                if (chosen != null) {
                    chosen.worker.reserve();
                    chosen.lastBusyNs = System.nanoTime();
                    return chosen;
                }
                wakeOne(workerId);
                await(giveUpAt, "a worker that is starting");
            }
        }
    }

    /** For whoever needs the successor of a worker that has died; waits for it. Throws if none will come. */
    void awaitChange(final Seat seat, final Supplier<Boolean> arrived, final long giveUpAt) {
        synchronized (lock) {
            while (!arrived.get()) {
                requireOpen();
                if (seat.state == Seat.State.LOST) {
                    throw seat.whyLost();
                }
                await(giveUpAt, "an object that is being made again");
            }
        }
    }

    /** Registers an object that goes with a tenure; false if that is over. */
    boolean register(final Tenure tenure, final RecreatedObject<?> object) {
        synchronized (lock) {
            if (tenure.seat.tenure != tenure || !tenure.worker.isAlive()) {
                return false;
            }
            tenure.seat.objects.add(object);
            return true;
        }
    }

    void forget(final Seat seat, final RecreatedObject<?> object) {
        synchronized (lock) {
            seat.objects.remove(object);
        }
    }

    void signal() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    private void await(final long giveUpAt, final String what) {
        final long leftNs = giveUpAt - System.nanoTime();
        if (leftNs <= 0) {
            throw new WorkerStartException("waited in vain for " + what, null);
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(lock, Math.max(leftNs, TimeUnit.MILLISECONDS.toNanos(1)));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException("interrupted while waiting for " + what, e);
        }
    }

    // --- tasks

    <R> PooledTask<R> submit(final TaskOptions options, final RemoteCallable<R> task) {
        final Duration timeout = options.timeout() == null ? config.link().callTimeout() : options.timeout();
        final PooledTask<R> pooled = new PooledTask<>(tasks, options, task, timeout);
        tasks.submit(pooled);
        return pooled;
    }

    /** Under the lock: throws if there is no such worker, or none that will ever be there. */
    void requireUsable(final int workerId) {
        requireOpen();
        final List<Seat> fitting =
                seats.stream().filter(seat -> seat.isFor(workerId)).toList();
        if (fitting.isEmpty()) {
            throw new ConfigurationException(
                    workerId == ObjectOptions.ANY_WORKER
                            ? "each worker is there for an actor alone"
                            : "there is no worker " + workerId + ": there are the workers "
                                    + seats.stream().map(seat -> seat.id).toList());
        }
        if (fitting.stream().allMatch(seat -> seat.state == Seat.State.LOST)) {
            throw fitting.get(0).whyLost();
        }
    }

    private void requireOpen() {
        if (!accepting) {
            throw new ClosedException("the executor was closed: nothing was sent");
        }
    }

    /** Under the lock: whether a worker is there or will come for a task. */
    boolean hasProspects() {
        return !closed && seats.stream().anyMatch(seat -> !seat.reserved && seat.state != Seat.State.LOST);
    }

    /** Under the lock: a worker that is free for a task; if none is, one that was let go is woken. */
    @Nullable
    Tenure freeFor(final int workerId) {
        Tenure best = null;
        for (final Seat seat : seats) {
            final Tenure tenure = seat.tenure;
            if (tenure != null
                    && seat.isFor(workerId)
                    && tenure.takesTasks()
                    && (best == null || tenure.worker.load() < best.worker.load())) {
                best = tenure;
            }
        }
        if (best == null) {
            wakeOne(workerId);
        }
        return best;
    }

    /** Under the lock: a worker has been given a task. The last one that it takes has its successor started. */
    void occupy(final Tenure tenure) {
        tenure.busy = true;
        tenure.tasks++;
        if (tenure.tasks >= settings.maxTasks()) {
            retire(tenure, "it has run " + tenure.tasks + " tasks");
        }
    }

    /** Under the lock: a worker is done with its task. */
    void vacate(final Tenure tenure) {
        tenure.busy = false;
        tenure.lastBusyNs = System.nanoTime();
    }

    private void wakeOne(final int workerId) {
        for (final Seat seat : seats) {
            if (!closed && seat.state == Seat.State.DORMANT && seat.isFor(workerId)) {
                seat.state = Seat.State.STARTING;
                succession.begin(seat, 0);
                return;
            }
        }
    }

    // --- coming and going

    /** Under the lock: has a worker replaced that holds nothing that would be lost. It ends when its task has. */
    void retire(final Tenure tenure, final String why) {
        if (tenure.isOpen() && tenure.worker.load() == 0 && !closed) {
            LOG.debug("worker {} is replaced: {}", tenure.worker.id(), why);
            tenure.retiring = true;
            succession.begin(tenure.seat, 0);
        }
    }

    /** Replaces the workers that are too old or too large, and lets go those that have been idle for too long. */
    void upkeep(final long nowNs) {
        synchronized (lock) {
            for (final Seat seat : seats) {
                final Tenure tenure = seat.tenure;
                if (tenure == null || !tenure.isOpen()) {
                    continue;
                }
                final Duration idle = settings.idleTimeout();
                final String due = tenure.whyDue(settings, nowNs);
                if (due != null) {
                    retire(tenure, due);
                } else if (!tenure.isIdle() || !tasks.isEmpty()) {
                    tenure.lastBusyNs = nowNs;
                } else if (idle != null && nowNs - tenure.lastBusyNs > idle.toNanos()) {
                    seat.state = Seat.State.DORMANT;
                    seat.tenure = null;
                    succession.letGo(tenure);
                }
            }
        }
    }

    /** The process of a tenure has ended by itself, or was killed. */
    private void died(final Tenure tenure) {
        final OutriderException last = tenure.worker.deathError();
        final Supplier<OutriderException> cause = tenure.worker::deathError;
        boolean givenUp = false;
        synchronized (lock) {
            final Seat seat = tenure.seat;
            lock.notifyAll();
            if (closed || seat.tenure != tenure || tenure.retiring || !(last instanceof WorkerDiedException)) {
                return; // its successor is on its way, or none is wanted
            }
            if (seat.reserved || settings.restart() == RestartPolicy.FAIL) {
                lose(seat, cause);
                givenUp = !seat.reserved && !hasProspects();
            } else if (budget.trySpend(System.nanoTime())) {
                LOG.warn("a worker died and is replaced: {}", tenure.worker.death());
                seat.state = Seat.State.STARTING;
                succession.begin(seat, 0);
            } else {
                LOG.error(
                        "worker {} is not replaced, since {} workers were within {}; the last cause: {}",
                        seat.id,
                        budget.spent(),
                        settings.restartWindow(),
                        last.getMessage());
                lose(seat, cause);
                givenUp = true;
            }
        }
        if (givenUp) {
            tasks.failAll(cause);
        }
    }

    private void lose(final Seat seat, final Supplier<OutriderException> cause) {
        seat.state = Seat.State.LOST;
        seat.cause = cause;
        seat.objects.clear();
        lock.notifyAll();
    }

    /** For the succession: a process is there, but its objects are not yet. Returns false if it came too late. */
    boolean arrived(final Tenure next) {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            final Seat seat = next.seat;
            final Tenure before = seat.tenure;
            seat.tenure = next;
            seat.state = Seat.State.STARTING;
            if (before != null && before.worker.isAlive()) {
                succession.letGo(before);
            }
            return true;
        }
    }

    /** For the succession, without the lock: from now on the process is looked after like any other. */
    void watch(final Tenure next) {
        next.worker.afterDeath(() -> died(next));
    }

    /** For the succession: all is as it was before, so the worker takes tasks and objects. */
    void ready(final Tenure next) {
        synchronized (lock) {
            if (next.seat.tenure == next && next.seat.state == Seat.State.STARTING && next.worker.isAlive()) {
                next.seat.state = Seat.State.LIVE;
                next.lastBusyNs = System.nanoTime();
            }
            lock.notifyAll();
        }
        tasks.assign();
    }

    /** For the succession: a process did not start. Returns whether to try again. */
    boolean failedToStart(final Seat seat, final OutriderException failure) {
        final Supplier<OutriderException> cause = () -> new WorkerStartException(
                "worker " + seat.id + " could not be started again: " + failure.getMessage(), failure);
        synchronized (lock) {
            if (closed) {
                return false;
            }
            if (budget.trySpend(System.nanoTime())) {
                LOG.warn("worker {} could not be started again, which will be tried once more", seat.id, failure);
                return true;
            }
            LOG.error("worker {} could not be started again", seat.id, failure);
            lose(seat, cause);
        }
        tasks.failAll(cause);
        return false;
    }

    // --- closing

    /** Takes nothing more. */
    void stopIntake() {
        synchronized (lock) {
            accepting = false;
            lock.notifyAll();
        }
    }

    /** Cancels the tasks that wait, or lets them run for a time; what is left then fails. */
    void drainTasks(final boolean cancelPending, final Duration timeout) {
        if (cancelPending) {
            tasks.cancelAll();
        }
        final long giveUpAt = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        synchronized (lock) {
            while (hasWork() && System.nanoTime() - giveUpAt < 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.max(1_000_000, giveUpAt - System.nanoTime()));
                } catch (final InterruptedException e) { // closing is bounded, and must be complete
                    interrupted = true;
                }
            }
            closed = true;
            lock.notifyAll();
        }
        tasks.failAll(() -> new ClosedException("the executor was closed before a worker was free for the task"));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasWork() {
        return (!tasks.isEmpty() && hasProspects())
                || seats.stream()
                        .anyMatch(seat -> seat.tenure != null && seat.tenure.busy && seat.tenure.worker.isAlive())
                || succession.isBusy();
    }

    /** Waits for what it has begun in the background; for when no worker is left. */
    void awaitEnd() {
        succession.awaitEnd();
    }

    boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }
}

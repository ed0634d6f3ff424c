package io.outrider.actor;

import io.outrider.api.RemoteCall;
import io.outrider.api.RemoteFactory;
import io.outrider.config.OutriderConfig;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.contract.Contract;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.launcher.executor.RestartBudget;
import io.outrider.telemetry.Log;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Some actors of one kind, each in a process of its own. Safe from any thread. A member that dies fails the calls that it had; with
 * the next use of the pool it is replaced in the background by a new one, made by the same factory, and calls go to the others
 * meanwhile. It is not where the settings say {@link RestartPolicy#FAIL}, or once more have died than their restart budget has.
 * Close the pool to end them all.
 *
 * @param <T> the contract
 */
public final class ActorPool<T> implements AutoCloseable {
    private static final Log LOG = Log.of(ActorPool.class);

    private final ProcessExecutor workers;
    private final PoolConfig settings;
    private final RestartBudget budget; // guarded by itself
    private final Class<T> contract;
    private final RemoteFactory<? extends T> factory;
    private final List<Member> members = new ArrayList<>(); // guarded by itself
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    private final class Member {
        private final int place;
        private final ActorProcess process;
        private final Actor<T> actor;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicBoolean replacing = new AtomicBoolean();

        Member(final int place, final ActorProcess process) {
            this.place = place;
            this.process = process;
            this.actor = Actors.owned(process, contract);
        }

        <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call) {
            calls.incrementAndGet();
            try {
                return actor.<R>async(call).whenComplete((result, failure) -> {
                    calls.decrementAndGet();
                    if (failure != null) {
                        replaceIfDead(this);
                    }
                });
            } catch (final RuntimeException | Error failure) {
                calls.decrementAndGet();
                throw failure;
            }
        }
    }

    private ActorPool(
            final ProcessExecutor workers,
            final PoolConfig settings,
            final Class<T> contract,
            final RemoteFactory<? extends T> factory) {
        this.workers = workers;
        this.settings = settings;
        this.budget = new RestartBudget(
                settings.maxRestarts(), settings.restartWindow().toNanos());
        this.contract = contract;
        this.factory = factory;
    }

    /**
     * Starts a pool with default settings.
     *
     * @param size how many actors, at least 1
     * @param contract by which they are called
     * @param factory makes each, in its process
     * @param <T> the contract
     * @return the pool
     */
    public static <T> ActorPool<T> start(
            final int size, final Class<T> contract, final RemoteFactory<? extends T> factory) {
        return start(OutriderConfig.builder().workers(size).conclude(), contract, factory);
    }

    /**
     * Starts a pool.
     *
     * @param config of the processes; as many actors as workers. With spares a dead member is replaced at once
     * @param contract by which they are called
     * @param factory makes each, in its process
     * @param <T> the contract
     * @return the pool
     */
    public static <T> ActorPool<T> start(
            final OutriderConfig config, final Class<T> contract, final RemoteFactory<? extends T> factory) {
        Contract.of(contract); // before processes are started for it
        final ProcessExecutor workers = ProcessExecutor.open(config);
        final ActorPool<T> pool = new ActorPool<>(workers, config.pool(), contract, factory);
        try {
            final List<Integer> ids =
                    workers.workers().stream().map(worker -> worker.workerId()).toList();
            ids.forEach(workers::reserve);
            for (int place = 0; place < ids.size(); place++) {
                pool.members.add(pool.new Member(place, Actors.in(workers, ids.get(place), contract, factory)));
            }
            return pool;
        } catch (final RuntimeException | Error failure) {
            pool.close();
            throw failure;
        }
    }

    /**
     * The next member in turn.
     *
     * @return its stub
     * @throws ClosedException if none lives, or the pool was closed
     */
    public T next() {
        return nextMember().actor.stub();
    }

    /**
     * The member with the fewest calls of {@link #call}, {@link #async} and {@link #broadcast} under way.
     *
     * @return its stub
     * @throws ClosedException if none lives, or the pool was closed
     */
    public T leastLoaded() {
        return leastLoadedMember().actor.stub();
    }

    /**
     * Makes one call to the next member in turn, and waits for its outcome.
     *
     * @param call any use of the stub
     * @param <R> the result
     * @return what the call returns
     * @throws Exception what the call throws
     */
    public <R> @Nullable R call(final RemoteCall<? super T, R> call) throws Exception {
        final Member member = nextMember();
        member.calls.incrementAndGet();
        try {
            return call.on(member.actor.stub());
        } finally {
            member.calls.decrementAndGet();
            replaceIfDead(member);
        }
    }

    /**
     * Makes one call to the member that has the least to do, without waiting for it.
     *
     * @param call calls exactly one method of the stub that it is given
     * @param <R> the result
     * @return completes with the outcome
     */
    public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call) {
        return leastLoadedMember().async(call);
    }

    /**
     * Makes one call to each member at once.
     *
     * @param call calls exactly one method of the stub that it is given
     * @param <R> the result
     * @return one future for each member that lives
     */
    public <R> List<CompletableFuture<R>> broadcast(final RemoteCall<? super T, R> call) {
        return living().stream().map(member -> member.<R>async(call)).toList();
    }

    /**
     * How many members live.
     *
     * @return as many as were started, except while one is being replaced
     */
    public int size() {
        return living().size();
    }

    private Member nextMember() {
        final List<Member> living = requireLiving();
        return living.get(Math.floorMod(turn.getAndIncrement(), living.size()));
    }

    private Member leastLoadedMember() {
        return requireLiving().stream()
                .min(Comparator.comparingInt(member -> member.calls.get()))
                .orElseThrow();
    }

    private List<Member> requireLiving() {
        final List<Member> living = living();
        if (living.isEmpty()) {
            throw new ClosedException(closed.get() ? "the pool was closed" : "no member of the pool lives just now");
        }
        return living;
    }

    private List<Member> living() {
        final List<Member> all;
        synchronized (members) {
            all = List.copyOf(members);
        }
        final List<Member> living = new ArrayList<>();
        for (final Member member : all) {
            if (!replaceIfDead(member)) {
                living.add(member);
            }
        }
        return living;
    }

    private boolean replaceIfDead(final Member member) {
        if (member.process.isAlive()) {
            return false;
        }
        if (settings.restart() != RestartPolicy.FAIL
                && !closed.get()
                && member.replacing.compareAndSet(false, true)
                && withinBudget()) {
            final Thread thread = new Thread(() -> replace(member), "outrider-actor-pool");
            thread.setDaemon(true);
            thread.start();
        }
        return true;
    }

    private boolean withinBudget() {
        synchronized (budget) {
            if (budget.trySpend(System.nanoTime())) {
                return true;
            }
            LOG.error(
                    "a member of a pool died and is not replaced, since {} were within {}",
                    budget.spent(),
                    settings.restartWindow());
            return false;
        }
    }

    private void replace(final Member dead) {
        @Nullable Member fresh = null;
        try {
            dead.actor.close();
            fresh = new Member(dead.place, Actors.added(workers, contract, factory));
        } catch (final OutriderException failure) {
            if (!closed.get()) {
                LOG.warn("a member of a pool died and could not be replaced; that will be tried again", failure);
            }
            dead.replacing.set(false);
        }
        if (fresh != null) {
            synchronized (members) {
                if (!closed.get()) {
                    members.set(dead.place, fresh);
                    return;
                }
            }
            fresh.actor.close();
        }
    }

    /** Ends all members, each with its hooks. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        final List<Member> all;
        synchronized (members) {
            all = List.copyOf(members);
        }
        @Nullable RuntimeException thrown = null;
        for (final Member member : all) {
            try {
                member.actor.close();
            } catch (final OutriderException failure) {
                if (thrown == null) {
                    thrown = failure;
                } else {
                    thrown.addSuppressed(failure);
                }
            }
        }
        workers.close();
        if (thrown != null) {
            throw thrown;
        }
    }
}

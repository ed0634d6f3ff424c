package io.outrider.launcher.executor;

import io.outrider.api.LoanArena;
import io.outrider.api.RemoteCallable;
import io.outrider.api.WorkerInfo;
import io.outrider.config.LinkConfig;
import io.outrider.contract.Contract;
import io.outrider.engine.CallClient;
import io.outrider.engine.CallFuture;
import io.outrider.engine.ClientThreads;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.LateResults;
import io.outrider.engine.ObjectHandle;
import io.outrider.engine.ReplyAgent;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.ClosedException;
import io.outrider.error.DeathReport;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.process.DeathListener;
import io.outrider.launcher.process.WorkerProcess;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import io.outrider.telemetry.Log;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One incarnation of a worker as its executor sees it: the process, the client of its link, and what it holds. Safe from any thread. */
final class Worker implements DeathListener {
    private static final Log LOG = Log.of(Worker.class);
    private static final long DRAIN_PAUSE_NS = 1_000_000;

    private final WorkerProcess process;
    private final CallClient client;
    private final ReplyAgent agent;
    private final Executor completion;
    private final @Nullable Duration timeout; // of a call, where nothing else is said
    private final ObjectHandle<ObjectSystem> system;
    private final ObjectSystem maker; // lets go of what was made for callers that have given up
    private final ObjectHandle<TaskSystem> tasks;
    private final AtomicInteger objects = new AtomicInteger();
    private final AtomicInteger runningTasks = new AtomicInteger();
    private final ReentrantLock releasing = new ReentrantLock();
    private boolean released; // guarded by releasing
    private volatile @Nullable DeathReport death;
    private Runnable afterDeath = () -> {}; // guarded by this
    private boolean gone; // died has run; guarded by this

    Worker(
            final WorkerProcess process,
            final Marshaller marshaller,
            final LinkConfig config,
            final IdlePolicy idlePolicy,
            final ReplyAgent agent,
            final ClientThreads threads) {
        this.process = process;
        this.timeout = config.callTimeout();
        this.agent = agent;
        this.completion = threads.completion();
        this.client = new CallClient(
                process.workerId(), process.link(), marshaller, config, idlePolicy, process.doorbell(), threads);
        client.onStuck(process::kill);
        this.system = handle(Contract.of(ObjectSystem.class), ObjectSystem.ID);
        this.maker = StubFactory.of(Contract.of(ObjectSystem.class))
                .newStub(new LateResults(client, this::letGo), system.ref());
        this.tasks = handle(Contract.of(TaskSystem.class), TaskSystem.ID);
    }

    /** Loads what the first worker of a process needs, while there is nothing else to do. */
    static void prepare() {
        StubFactory.of(Contract.of(ObjectSystem.class)).prepareStubs();
        StubFactory.of(Contract.of(TaskSystem.class)).prepareStubs();
    }

    private <T> ObjectHandle<T> handle(final Contract<T> contract, final long objectId) {
        return new ObjectHandle<>(client, contract, ref(contract, objectId), completion, ref -> {});
    }

    private ObjectRef ref(final Contract<?> contract, final long objectId) {
        final ObjectRef ref = new ObjectRef(process.address(), process.workerId(), objectId, contract);
        return timeout == null ? ref : ref.withinByDefault(timeout);
    }

    int id() {
        return process.workerId();
    }

    /** Where others attach, and by what. */
    WorkerProcess process() {
        return process;
    }

    int incarnation() {
        return process.incarnation();
    }

    /** Begins to poll for replies and to listen for the worker's death. */
    void open() {
        Endpoints.ofProcess().adopt(process.address(), client);
        agent.add(client);
        process.onDeath(this);
    }

    /** Says what runs once the worker has died and its calls have failed, instead of what did so far; now, if it has died before. */
    void afterDeath(final Runnable then) {
        synchronized (this) {
            if (!gone) {
                afterDeath = then;
                return;
            }
        }
        then.run();
    }

    boolean isAlive() {
        return death == null;
    }

    /** Where loans for it are made. */
    LoanArena arena() {
        return client.arena();
    }

    /** How much the worker has to do, for placement. */
    int load() {
        return objects.get() + runningTasks.get();
    }

    WorkerInfo info() {
        return new WorkerInfo(process.workerId(), process.pid(), process.incarnation(), isAlive(), objects.get());
    }

    /** Counts an object that is about to be made here, so that others who look for the least loaded worker see it. */
    void reserve() {
        objects.incrementAndGet();
    }

    int inFlight() {
        return client.inFlight();
    }

    long pid() {
        return process.pid();
    }

    /** Makes an object for which a place was {@link #reserve reserved}; {@code recipe} does so by a call to the worker's object system and returns its id. */
    <T> ObjectHandle<T> create(
            final Contract<T> contract,
            final @Nullable Duration callTimeout,
            final ToLongFunction<ObjectSystem> recipe) {
        try {
            final ObjectRef ref = ref(contract, recipe.applyAsLong(maker));
            final ObjectHandle<T> made = new ObjectHandle<>(client, contract, ref, completion, this::release);
            return callTimeout == null ? made : made.within(callTimeout);
        } catch (final RuntimeException | Error failure) {
            objects.decrementAndGet();
            throw failure;
        }
    }

    private void release(final ObjectRef ref) {
        objects.decrementAndGet();
        letGo(ref.objectId());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action logs a failure and throws none
    private void letGo(final long objectId) {
        try {
            system.async(objectSystem -> {
                        objectSystem.release(objectId);
                        return null;
                    })
                    .whenComplete((nothing, failure) -> logRelease(objectId, failure));
        } catch (final OutriderException failure) {
            logRelease(objectId, failure);
        }
    }

    /** An object whose worker is gone is gone too; any other failure leaves it where it is, which somebody should know. */
    private void logRelease(final long objectId, final @Nullable Throwable failure) {
        if (failure instanceof ClosedException || failure instanceof WorkerDiedException) {
            LOG.debug("object {} went with worker {}", objectId, id());
        } else if (failure != null) {
            LOG.warn("object {} could not be released and stays in worker {}", objectId, id(), failure);
        }
    }

    // The task runner returns what the task returned; the action that is attached throws nothing.
    @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"})
    <R> CompletableFuture<R> submit(final RemoteCallable<R> task) {
        runningTasks.incrementAndGet();
        try {
            final CompletableFuture<Object> outcome = tasks.async(runner -> runner.run(task));
            outcome.whenComplete((value, failure) -> runningTasks.decrementAndGet());
            return (CompletableFuture<R>) outcome;
        } catch (final RuntimeException | Error failure) {
            runningTasks.decrementAndGet();
            throw failure;
        }
    }

    /**
     * Sends a task.
     *
     * @param encoded as it is sent, if it was encoded before
     * @param remainingNs how long it has, in nanoseconds, or {@link Long#MAX_VALUE}
     * @param executor completes the future
     */
    CallFuture<Object> submit(
            final RemoteCallable<?> task,
            final byte @Nullable [] encoded,
            final long remainingNs,
            final Executor executor) {
        final ObjectHandle<TaskSystem> runner =
                remainingNs == Long.MAX_VALUE ? tasks : tasks.within(Duration.ofNanos(remainingNs));
        return (CallFuture<Object>) runner.<Object>async(
                system -> encoded == null ? system.run(task) : system.runEncoded(encoded), executor);
    }

    @Override
    public @Nullable String lastCall() {
        return client.lastCall();
    }

    @Override
    public void died(final DeathReport report) {
        death = report;
        client.end(() -> new WorkerDiedException(report));
        release();
        final Runnable then;
        synchronized (this) {
            gone = true;
            then = afterDeath;
        }
        then.run();
    }

    /** What is known of the worker's end, or null as long as it lives. */
    @Nullable
    DeathReport death() {
        return death;
    }

    /** Ends the process at once. Does not wait. */
    void kill() {
        process.kill();
    }

    /** The error that a use of a dead worker gets. */
    OutriderException deathError() {
        final DeathReport report = death;
        return report == null
                ? new ClosedException("worker " + process.workerId() + " is closed")
                : new WorkerDiedException(report);
    }

    /** Refuses new calls. */
    void drain() {
        client.drain();
    }

    /** Waits for the calls in flight, within a bound. */
    void awaitDrained(final Duration timeout) {
        final long giveUpAt = System.nanoTime() + timeout.toNanos();
        while (isAlive() && !client.pollUntilIdle() && System.nanoTime() - giveUpAt < 0) {
            LockSupport.parkNanos(this, DRAIN_PAUSE_NS);
        }
        final int left = client.inFlight();
        if (left > 0 && isAlive()) {
            LOG.warn("{} calls to worker {} did not end within {} and fail", left, process.workerId(), timeout);
        }
    }

    /** Fails the calls that are left, ends the process and lets go of the link and its files. */
    void close() {
        close(Duration.ZERO);
    }

    /** Like {@link #close()}, giving the process time to end by itself once it has been asked. */
    void close(final Duration patience) {
        client.end(() -> new ClosedException(
                "the executor was closed before the call to worker " + process.workerId() + " had ended"));
        process.stop(patience);
        release();
    }

    /** Whoever comes second, of the death and of closing, returns when the first is done: then no file is left. */
    private void release() {
        Endpoints.ofProcess().forget(process.address());
        agent.remove(client);
        releasing.lock();
        try {
            if (!released) {
                released = true;
                releaseLink();
            }
        } finally {
            releasing.unlock();
        }
    }

    private void releaseLink() {
        if (client.close()) {
            process.close();
        } else { // a thread is still inside: leave it its mapping, which goes with this JVM
            LOG.warn(
                    "the link to worker {} stays mapped: {} calls are still in it",
                    process.workerId(),
                    client.inFlight());
        }
    }
}

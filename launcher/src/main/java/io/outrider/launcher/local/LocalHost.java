package io.outrider.launcher.local;

import io.outrider.api.Parallelization;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.TaskContext;
import io.outrider.contract.Contract;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ClosedException;
import io.outrider.launcher.executor.CompletionPool;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.stub.ObjectRef;
import io.outrider.telemetry.Log;
import io.outrider.worker.host.HostedObject;
import io.outrider.worker.host.HostedSystem;
import io.outrider.worker.host.HostedTasks;
import io.outrider.worker.host.ObjectTable;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What a worker has, within this process: objects, the systems that make them and run tasks, and threads. Safe from any thread. */
final class LocalHost {
    private static final Log LOG = Log.of(LocalHost.class);
    private static final int MAX_PAYLOAD_BYTES = 128 * 1024 * 1024;
    private static final int CONCURRENT_CREATIONS = 16;
    /** As for workers, unless their settings say otherwise. */
    private static final int MAX_IN_FLIGHT = 1024;

    private static final long BACK_PRESSURE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CUT_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String address = "in-process-" + UUID.randomUUID();
    private final ObjectTable objects = new ObjectTable();
    private final Set<LocalCall> calls = ConcurrentHashMap.newKeySet(); // begun and not done
    private final @Nullable LocalThreads threads; // or null: on the calling thread
    private final @Nullable CompletionPool completionPool;
    private final LocalArenas arenas = new LocalArenas();
    private final CopyBuffers.Pool buffers;
    private final LocalPort system;
    private final LocalPort tasks;
    private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
    private volatile boolean closed;
    private boolean ended; // guarded by this

    LocalHost(final RemoteExecutor executor, final @Nullable LocalThreads threads) {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        final ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        this.threads = threads;
        this.completionPool = threads == null ? null : new CompletionPool();
        this.buffers = new CopyBuffers.Pool(Marshaller.open(loader), MAX_PAYLOAD_BYTES, arenas);
        final Executor runs = runs();
        this.system = portOfSystem(
                new HostedSystem(objects, loader, runs), Contract.of(ObjectSystem.class), CONCURRENT_CREATIONS);
        final TaskContext contextOfTasks = new TaskContext(
                threads == null ? Parallelization.SEQUENTIAL : Parallelization.THREAD, 0, Optional.of(executor));
        this.tasks = portOfSystem(
                new HostedTasks(Marshaller.open(loader), contextOfTasks),
                Contract.of(TaskSystem.class),
                threads == null ? 1 : threads.width());
    }

    private LocalPort portOfSystem(final Object target, final Contract<?> contract, final int concurrency) {
        final HostedObject hosted = objects.add(target, contract, concurrency, runs());
        return new LocalPort(this, hosted, threads == null ? Turns.AT_ONCE : call -> threads.execute(call::run));
    }

    private Executor runs() {
        return threads == null ? Runnable::run : threads;
    }

    LocalPort system() {
        return system;
    }

    LocalPort tasks() {
        return tasks;
    }

    /** Names an object of this host. */
    ObjectRef ref(final Contract<?> contract, final long objectId) {
        return new ObjectRef(address, 0, objectId, contract);
    }

    /** Where the calls of an object go. */
    LocalPort port(final ObjectRef ref, final int concurrency) {
        final HostedObject hosted = Objects.requireNonNull(objects.find(ref.objectId()), "the object is gone");
        return new LocalPort(
                this, hosted, threads == null ? Turns.inline(concurrency) : Turns.queued(hosted, concurrency == 1));
    }

    /** Lets an object go, after the calls that came before. */
    void release(final ObjectRef ref) {
        final HostedObject released = objects.remove(ref.objectId());
        if (released != null && !closed) {
            released.closeTarget();
        }
    }

    Executor completion() {
        return completionPool == null ? Runnable::run : completionPool;
    }

    CopyBuffers borrowBuffers() {
        return buffers.borrow();
    }

    /**
     * Waits until there is room for one more call that nobody waits for. Without threads it runs at once, and the threads themselves never
     * wait, since others may wait for them.
     *
     * @return gives the room back, and does so once
     */
    Runnable awaitRoom(final Object call) {
        if (threads == null || threads.isOwn()) {
            return () -> {};
        }
        try {
            if (!room.tryAcquire(BACK_PRESSURE_NS, TimeUnit.NANOSECONDS)) {
                throw new BackPressureException(
                        "all " + MAX_IN_FLIGHT + " calls and tasks that may be in flight wait for their" + " outcomes: "
                                + call + " was not begun: slow down");
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException("interrupted before " + call + " could be begun", interrupted);
        }
        final AtomicBoolean given = new AtomicBoolean();
        return () -> {
            if (given.compareAndSet(false, true)) {
                room.release();
            }
        };
    }

    void track(final LocalCall call) {
        calls.add(call);
        if (closed) {
            calls.remove(call);
            throw closedError();
        }
    }

    void untrack(final LocalCall call) {
        calls.remove(call);
    }

    boolean isOpen() {
        return !closed;
    }

    void requireOpen() {
        if (closed) {
            throw closedError();
        }
    }

    private static ClosedException closedError() {
        return new ClosedException("the executor was closed: nothing was sent");
    }

    /** Takes nothing more. */
    void stopIntake() {
        closed = true;
    }

    /** Lets begun calls end, closes what objects can be closed, and ends the threads; each step bounded. */
    synchronized void close() { // a second closer returns when the first is done
        if (ended) {
            return;
        }
        closed = true;
        ended = true;
        final boolean interrupted = Thread.interrupted(); // every step is bounded, and closing must be complete
        awaitIdle(DRAIN_NS);
        calls.forEach(LocalCall::interrupt);
        calls.forEach(LocalCall::close);
        objects.forEach(HostedObject::closeTarget);
        if (threads != null) {
            endThreads(threads);
        }
        arenas.close();
        if (completionPool != null) {
            completionPool.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitIdle(final long timeoutNs) {
        final long giveUpAt = System.nanoTime() + timeoutNs;
        while (!calls.isEmpty() && System.nanoTime() - giveUpAt < 0) {
            LockSupport.parkNanos(this, PAUSE_NS);
        }
        if (!calls.isEmpty()) {
            LOG.warn(
                    "{} calls did not end within {} s and fail",
                    calls.size(),
                    TimeUnit.NANOSECONDS.toSeconds(timeoutNs));
        }
    }

    private static void endThreads(final LocalThreads threads) {
        try {
            if (!threads.end(CUT_NS)) {
                threads.cut();
                if (!threads.end(CUT_NS)) {
                    LOG.warn("a method ignores that it is interrupted: its thread is left");
                }
            }
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the objects make loans. */
    LinkArena arenaOfObjects() {
        return arenas.ofObjects();
    }

    /** Where those who call make loans. */
    LinkArena arena() {
        return arenas.ofCallers();
    }
}

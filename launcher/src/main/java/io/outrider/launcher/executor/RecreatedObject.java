package io.outrider.launcher.executor;

import io.outrider.api.CallPipeline;
import io.outrider.api.Idempotent;
import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.OutcomeHandler;
import io.outrider.api.RemoteCall;
import io.outrider.api.RemoteObject;
import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.engine.AsyncPort;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import io.outrider.telemetry.Log;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The owner's handle of an object that is made again when its worker has died: the same handle and the same stubs go on with the new one. A call
 * that was under way fails, unless its method may run twice; one that begins meanwhile waits. A pipeline belongs to the object that is there when it is opened. Safe from any thread.
 *
 * @param <T> the contract
 */
final class RecreatedObject<T> implements RemoteObject<T> {
    private static final Log LOG = Log.of(RecreatedObject.class);

    private final Pool pool;
    private final Contract<T> contract;
    private final Recipe<T> recipe;
    private final long patienceNs;
    private final ObjectRef ref;
    private volatile @Nullable Tenure tenure; // none before it was made first
    private volatile @Nullable ObjectHandle<T> handle; // of the last one that was made
    private volatile @Nullable RuntimeException failure; // to make it again
    private volatile boolean closed;
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // to be done when it was made again; guarded by itself
    private final Executor completion;
    private final RecreatedCalls<T> calls;
    private final T stub;

    /** Makes the object in a worker. */
    @FunctionalInterface
    interface Recipe<T> {
        ObjectHandle<T> make(Worker worker);
    }

    private RecreatedObject(
            final Pool pool, final Contract<T> contract, final ObjectOptions options, final Recipe<T> recipe) {
        this.pool = pool;
        this.contract = contract;
        this.recipe = recipe;
        this.patienceNs = pool.config().worker().startTimeout().toNanos();
        this.completion = pool.threads().completion();
        this.ref = ObjectRef.recreated(
                "recreated-" + UUID.randomUUID(), contract, () -> current().ref());
        this.calls = new RecreatedCalls<>(this, timed(options.timeout()));
        this.stub = stubOn(calls);
    }

    /** Makes an object in the worker that was chosen for it, and sees to it that it is made again when that dies. */
    static <T> RecreatedObject<T> create(
            final Pool pool, final Contract<T> contract, final ObjectOptions options, final Recipe<T> recipe) {
        final RecreatedObject<T> object = new RecreatedObject<>(pool, contract, options, recipe);
        while (true) {
            final Tenure place = pool.place(options.workerId());
            object.handle = recipe.make(place.worker);
            object.tenure = place;
            if (pool.register(place, object)) {
                return object;
            } // its worker died meanwhile, and nobody has made it again
        }
    }

    private ObjectRef timed(final @Nullable Duration timeout) {
        final Duration usual = pool.config().link().callTimeout();
        if (timeout != null) {
            return ref.within(timeout);
        }
        return usual == null ? ref : ref.withinByDefault(usual);
    }

    private T stubOn(final RecreatedCalls<T> port) {
        return StubFactory.of(contract).newStub(port, port.ref());
    }

    private <R> CompletableFuture<R> asyncOn(
            final RecreatedCalls<T> port, final RemoteCall<? super T, R> call, final Executor executor) {
        return AsyncPort.call(port, StubFactory.of(contract), port.ref(), call, executor);
    }

    /** For the pool, when a worker has come in the place of the one that died: makes the object there. */
    void recreate(final Tenure next) {
        try {
            next.worker.reserve();
            handle = recipe.make(next.worker);
            failure = null;
        } catch (final RuntimeException unable) {
            LOG.warn("an object of {} could not be made again in worker {}", contract.name(), next.worker.id(), unable);
            failure = unable;
        }
        tenure = next;
        pool.signal();
    }

    /**
     * The object as it is now.
     *
     * @param before one that turned out to be gone, or null
     * @param remainingNs how long to wait for it at most
     * @return another one, of a worker that lives as far as is known
     * @throws OutriderException if there will be none
     */
    ObjectHandle<T> current(final @Nullable ObjectHandle<T> before, final long remainingNs) {
        if (closed) {
            throw new ClosedException("the object was closed: the call was not sent");
        }
        final Tenure now = tenure;
        if (now == null) {
            throw new IllegalStateException("the object was not made");
        }
        if (!now.worker.isAlive() || (failure == null && handle == before)) {
            pool.awaitChange(
                    now.seat,
                    () -> {
                        final Tenure next = tenure;
                        return next != null && next != now && next.worker.isAlive();
                    },
                    System.nanoTime() + Math.min(patienceNs, remainingNs));
        }
        final RuntimeException unable = failure;
        final ObjectHandle<T> found = handle;
        if (unable != null || found == null) {
            throw new ClosedException(
                    "the object went with its worker, and could not be made again: " + unable, unable);
        }
        return found;
    }

    private ObjectHandle<T> current() {
        return current(null, patienceNs);
    }

    /** Has something done once the object was made again, or never will be: in order, and not on the calling thread. */
    void whenMadeAgain(final Runnable action) {
        synchronized (waiting) {
            waiting.add(action);
            if (waiting.size() > 1) {
                return; // one thread waits for all
            }
        }
        try {
            pool.threads().production().execute(this::runWaiting);
        } catch (final RejectedExecutionException closed) {
            LOG.debug("{} is not made again, since the executor was closed", this, closed);
            runWaiting();
        }
    }

    private void runWaiting() {
        try {
            current();
        } catch (final OutriderException none) {
            LOG.debug("{} was not made again, as each call is told", this, none);
        }
        final List<Runnable> due;
        synchronized (waiting) {
            due = List.copyOf(waiting);
            waiting.clear();
        }
        due.forEach(Runnable::run);
    }

    boolean mayRunTwice(final int method) {
        final ContractMethod called = contract.method(method);
        return called.method().isAnnotationPresent(Idempotent.class)
                || contract.type().isAnnotationPresent(Idempotent.class);
    }

    /** Where futures are completed that name no other executor. */
    Executor completion() {
        return completion;
    }

    Contract<T> contract() {
        return contract;
    }

    @Override
    public T stub() {
        return stub;
    }

    @Override
    public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call) {
        return async(call, completion);
    }

    @Override
    public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call, final Executor executor) {
        return asyncOn(calls, call, executor);
    }

    @Override
    public RemoteObject<T> within(final Duration timeout) {
        return new TimedView(timeout);
    }

    @Override
    public CallPipeline<T> pipeline(final int depth, final OutcomeHandler handler) {
        return current().pipeline(depth, handler);
    }

    /** That of the worker which holds the object now: loans of an arena that has ended can't be handed over any more. */
    @Override
    public LoanArena arena() {
        return current().arena();
    }

    @Override
    public int workerId() {
        return current().workerId();
    }

    @Override
    public long objectId() {
        return current().objectId();
    }

    @Override
    public void close() {
        closed = true;
        final Tenure now = tenure;
        if (now != null) {
            pool.forget(now.seat, this);
        }
        final ObjectHandle<T> last = handle;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public String toString() {
        return "handle of " + contract.type().getSimpleName() + ", made again when its worker dies";
    }

    /** The same object, for calls that have so long. */
    private final class TimedView implements RemoteObject<T> {
        private final Duration timeout;
        private final RecreatedCalls<T> timedCalls;
        private final T timedStub;

        TimedView(final Duration timeout) {
            this.timeout = timeout;
            this.timedCalls = new RecreatedCalls<>(RecreatedObject.this, timed(timeout));
            this.timedStub = stubOn(timedCalls);
        }

        @Override
        public T stub() {
            return timedStub;
        }

        @Override
        public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call) {
            return async(call, completion);
        }

        @Override
        public <R> CompletableFuture<R> async(final RemoteCall<? super T, R> call, final Executor executor) {
            return asyncOn(timedCalls, call, executor);
        }

        @Override
        public RemoteObject<T> within(final Duration other) {
            return RecreatedObject.this.within(other);
        }

        @Override
        public CallPipeline<T> pipeline(final int depth, final OutcomeHandler handler) {
            return current().within(timeout).pipeline(depth, handler);
        }

        @Override
        public LoanArena arena() {
            return RecreatedObject.this.arena();
        }

        @Override
        public int workerId() {
            return RecreatedObject.this.workerId();
        }

        @Override
        public long objectId() {
            return RecreatedObject.this.objectId();
        }

        @Override
        public void close() {
            RecreatedObject.this.close();
        }
    }
}

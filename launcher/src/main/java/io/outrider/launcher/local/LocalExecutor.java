package io.outrider.launcher.local;

import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.Parallelization;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteFactory;
import io.outrider.api.RemoteObject;
import io.outrider.api.TaskOptions;
import io.outrider.api.WorkerInfo;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.config.WaitStrategy;
import io.outrider.contract.Contract;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.launcher.executor.Feeds;
import io.outrider.launcher.jvm.JvmFlags;
import io.outrider.launcher.service.ExecutorForms;
import io.outrider.launcher.service.StageFuture;
import io.outrider.launcher.service.TaskFuture;
import io.outrider.launcher.service.TaskRunner;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.stub.ObjectRef;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The executor that stays in this process: sequential, where every call runs on its caller's thread, or with threads, where none does. It behaves
 * as the one over processes: arguments, results, factories and tasks are copied, what can't be sent is refused, and what a method throws
 * arrives as {@link io.outrider.error.RemoteCallException}. Safe from any thread.
 */
public final class LocalExecutor extends ExecutorForms {
    private static final String FLAGS_OF =
            "ring"; // those that every executor needs, for the buffers in which values are copied

    private final @Nullable LocalThreads threads;
    private final LocalHost host;
    private final LocalObject<ObjectSystem> system;
    private final LocalObject<TaskSystem> tasks;
    private final AtomicInteger objects = new AtomicInteger();
    private final Set<LocalPort.CallFuture> unfinished = ConcurrentHashMap.newKeySet(); // tasks
    private @Nullable SessionDirectory session; // made with the first feed; guarded by this
    private @Nullable Feeds feeds; // guarded by this

    private LocalExecutor(final @Nullable LocalThreads threads) {
        JvmFlags.ofThisJvm().require(FLAGS_OF);
        this.threads = threads;
        this.host = new LocalHost(this, threads);
        this.system = handle(Contract.of(ObjectSystem.class), host.system(), ObjectSystem.ID);
        this.tasks = handle(Contract.of(TaskSystem.class), host.tasks(), TaskSystem.ID);
    }

    private <T> LocalObject<T> handle(final Contract<T> contract, final LocalPort port, final long objectId) {
        return new LocalObject<>(port, contract, host.ref(contract, objectId), host.completion(), handle -> {});
    }

    /**
     * Opens an executor without threads.
     *
     * @return the executor
     */
    public static LocalExecutor sequential() {
        return new LocalExecutor(null);
    }

    /**
     * Opens an executor with threads, which start as they are needed.
     *
     * @param count how many, 1 or more
     * @return the executor
     * @throws ConfigurationException if there are none or too many
     */
    public static LocalExecutor threads(final int count) {
        return new LocalExecutor(new LocalThreads(count));
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract, final RemoteFactory<? extends T> factory, final ObjectOptions options) {
        Objects.requireNonNull(factory, "factory");
        final Contract<T> agreed = Contract.of(contract);
        return create(
                agreed, options, made -> made.create(agreed.name(), agreed.digest(), options.concurrency(), factory));
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract,
            final Class<? extends T> implementation,
            final ObjectOptions options,
            final @Nullable Object... arguments) {
        final Contract<T> agreed = Contract.of(contract);
        return create(
                agreed,
                options,
                made -> made.construct(
                        agreed.name(), agreed.digest(), options.concurrency(), implementation.getName(), arguments));
    }

    /** Makes an object and says by which id. */
    private interface Maker {
        long make(ObjectSystem system) throws Exception;
    }

    private <T> RemoteObject<T> create(final Contract<T> contract, final ObjectOptions options, final Maker maker) {
        requireSelf(options.workerId());
        final long id;
        try {
            id = maker.make(system.stub());
        } catch (final OutriderException failure) {
            throw failure;
        } catch (final Exception impossible) { // what the user's code throws arrives as a RemoteCallException
            throw new IllegalStateException(impossible);
        }
        objects.incrementAndGet();
        final ObjectRef own = host.ref(contract, id);
        final ObjectRef ref = options.timeout() == null ? own : own.within(options.timeout());
        return new LocalObject<>(
                host.port(ref, options.concurrency()), contract, ref, host.completion(), this::release);
    }

    private void release(final LocalObject<?> object) {
        objects.decrementAndGet();
        object.port().last(() -> host.release(object.ref()));
    }

    private static void requireSelf(final int workerId) {
        if (workerId != ObjectOptions.ANY_WORKER && workerId != 0) {
            throw new ConfigurationException(
                    "there is no worker " + workerId + ": this process is worker 0, and the only one");
        }
    }

    @Override
    public <R> CompletableFuture<R> submit(final RemoteCallable<R> task) {
        return submit(TaskOptions.DEFAULT, task);
    }

    @Override
    public <R> CompletableFuture<R> submit(final int workerId, final RemoteCallable<R> task) {
        return submit(TaskOptions.DEFAULT.on(workerId), task);
    }

    @Override
    @SuppressWarnings("unchecked") // the task runner returns what the task returned
    public <R> CompletableFuture<R> submit(final TaskOptions options, final RemoteCallable<R> task) {
        return (CompletableFuture<R>) (CompletableFuture<?>) start(options, task);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    private LocalPort.CallFuture start(final TaskOptions options, final RemoteCallable<?> task) {
        Objects.requireNonNull(task, "task");
        requireSelf(options.workerId());
        final LocalObject<TaskSystem> within = options.timeout() == null ? tasks : tasks.within(options.timeout());
        final CompletableFuture<?> outcome = within.async(runner -> runner.run(task));
        final LocalPort.CallFuture future = (LocalPort.CallFuture) outcome;
        if (!future.isDone()) {
            unfinished.add(future);
            future.whenComplete((value, failure) -> unfinished.remove(future));
        }
        return future;
    }

    @Override
    public TaskRunner taskRunner() {
        return new TaskRunner() {
            @Override
            @SuppressWarnings("unchecked") // as above
            public <T> TaskFuture<T> start(final RemoteCallable<T> task, final Object original) {
                final LocalPort.CallFuture future = LocalExecutor.this.start(TaskOptions.DEFAULT, task);
                return new StageFuture<>(
                        (CompletableFuture<T>) (CompletableFuture<?>) future, future::cancelIfNotBegun, original);
            }
        };
    }

    @Override
    public Parallelization parallelization(final Parallelization permitted) {
        return threads == null || permitted == Parallelization.SEQUENTIAL
                ? Parallelization.SEQUENTIAL
                : Parallelization.THREAD;
    }

    @Override
    public <R> CompletableFuture<R> onThread(final Callable<R> code) {
        host.requireOpen();
        final LocalThreads pool = Objects.requireNonNull(threads, "a sequential executor has no threads");
        final CompletableFuture<R> outcome = new CompletableFuture<>();
        final Runnable leave = host.awaitRoom("a method on a thread");
        pool.execute(() -> {
            try {
                final R value = code.call();
                host.completion().execute(() -> outcome.complete(value));
            } catch (final Throwable thrown) { // the code's own, and the future's to tell
                host.completion().execute(() -> outcome.completeExceptionally(thrown));
            } finally {
                leave.run();
            }
        });
        return outcome;
    }

    @Override
    public synchronized Feed feed(final String name, final FeedOptions options) {
        host.requireOpen();
        Feeds all = feeds;
        if (all == null) {
            final SessionDirectory made = SessionDirectory.create(null);
            all = new Feeds(made.path(), WaitStrategy.ADAPTIVE);
            session = made;
            feeds = all;
        }
        return all.make(name, options);
    }

    @Override
    public int addWorker() {
        throw new ConfigurationException("this executor has no worker processes: open one with processes(n)");
    }

    @Override
    public LoanArena arena(final int workerId) {
        requireSelf(workerId);
        return host.arena();
    }

    @Override
    public List<WorkerInfo> workers() {
        return host.isOpen()
                ? List.of(new WorkerInfo(0, ProcessHandle.current().pid(), 1, true, objects.get()))
                : List.of();
    }

    @Override
    public Executor completionExecutor() {
        return host.completion();
    }

    @Override
    public void close() {
        shutdown(false);
    }

    @Override
    public void shutdown(final boolean cancelPending) {
        host.stopIntake();
        if (cancelPending) {
            unfinished.forEach(LocalPort.CallFuture::cancelIfNotBegun);
        }
        closeFeeds(); // before the rest, so that calls that read them come to their end
        host.close();
        closeSession();
    }

    private synchronized void closeFeeds() {
        if (feeds != null) {
            feeds.close();
        }
    }

    private synchronized void closeSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public String toString() {
        return threads == null ? "sequential executor" : "executor of " + threads.width() + " threads";
    }
}

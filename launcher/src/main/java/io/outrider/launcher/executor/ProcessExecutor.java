package io.outrider.launcher.executor;

import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.Parallelization;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteFactory;
import io.outrider.api.RemoteObject;
import io.outrider.api.TaskOptions;
import io.outrider.api.WorkerInfo;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.config.OutriderConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.contract.Contract;
import io.outrider.engine.ClientThreads;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.ReplyAgent;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.launcher.archive.WorkerArchive;
import io.outrider.launcher.executor.WorkerFactory.Start;
import io.outrider.launcher.jvm.JvmFlags;
import io.outrider.launcher.jvm.Platform;
import io.outrider.launcher.process.ExitHook;
import io.outrider.launcher.service.ExecutorForms;
import io.outrider.launcher.service.StageFuture;
import io.outrider.launcher.service.TaskFuture;
import io.outrider.launcher.service.TaskRunner;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.protocol.control.SecretToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The executor over worker processes; see {@link RemoteExecutor}. */
public final class ProcessExecutor extends ExecutorForms {
    private final OutriderConfig config;
    private final SessionDirectory session;
    private final DoorbellHub doorbells;
    private final ReplyAgent agent;
    private final CompletionPool completionPool;
    private final Executor completion;
    private final WorkerFactory factory;
    private final WorkerArchive archive;
    private final ArchiveTraining training;
    private final Spares spares;
    private final Feeds feeds;
    private final ExitHook exitHook;
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean departed = new AtomicBoolean();
    private final Object closing = new Object();
    private final Object adding = new Object();
    private final Pool pool;
    private final Upkeep upkeep;

    private ProcessExecutor(final OutriderConfig config, final Preparation preparation) {
        this.config = config;
        this.session = SessionDirectory.create(config.baseDirectory());
        this.doorbells = new DoorbellHub();
        this.agent = new ReplyAgent(
                "outrider-replies",
                doorbells,
                new IdlePolicy(
                        config.link().waitStrategy(), Runtime.getRuntime().availableProcessors()));
        this.completionPool = new CompletionPool();
        this.completion = Objects.requireNonNullElse(config.completion(), completionPool);
        final ClientThreads threads = new ClientThreads(completion, completionPool);
        this.factory = new WorkerFactory(config, preparation, session, doorbells, agent, threads);
        this.archive = WorkerArchive.find(config, session.path());
        this.training = new ArchiveTraining(config, factory, archive);
        this.spares = new Spares(config, factory, archive.options(), ids::getAndIncrement);
        Endpoints.ofProcess().enter();
        this.feeds = new Feeds(session.path(), config.link().waitStrategy());
        this.pool = new Pool(config, factory, this::startNext, threads);
        this.upkeep = new Upkeep(pool, config.pool());
        this.exitHook = ExitHook.register("outrider-exit", this::close);
    }

    /**
     * Opens an executor and waits until all its workers are ready. If one fails to start, no process and no file is left.
     *
     * @param config all its settings
     * @return the executor
     * @throws OutriderException saying what went wrong and what to do about it
     */
    public static ProcessExecutor open(final OutriderConfig config) {
        Platform.require();
        JvmFlags.ofThisJvm().require(config.link().transport());
        final Preparation preparation = Preparation.begin(config);
        final ProcessExecutor executor = new ProcessExecutor(config, preparation);
        try {
            executor.agent.start();
            executor.startWorkers();
            executor.spares.start();
            executor.training.start();
            executor.upkeep.start();
        } catch (final RuntimeException | Error failure) {
            executor.close();
            throw failure;
        }
        return executor;
    }

    private void startWorkers() {
        final List<Start> wanted = new ArrayList<>();
        for (int i = 0; i < config.workers(); i++) {
            wanted.add(new Start(ids.getAndIncrement(), 1, archive.options()));
        }
        for (final Worker worker : factory.startFirst(wanted)) {
            pool.add(worker, false);
            worker.open();
        }
    }

    /** For the pool: a spare if one is ready, or else a new process. */
    private void startNext(final int workerId, final int incarnation, final Consumer<Worker> adopt) {
        synchronized (adding) { // together, so that closing finds it among the spares or among the workers
            final Worker spare = spares.takeReady();
            if (spare != null) {
                adopt.accept(spare);
                return;
            }
        }
        factory.start(new Start(workerId, incarnation, archive.options()), config, worker -> {
            worker.open();
            adopt.accept(worker);
        });
    }

    @Override
    public int addWorker() {
        return addWorker(false);
    }

    /**
     * Adds a worker in which nothing is placed but by its id, and which is not replaced when it dies.
     *
     * @return its id
     */
    public int addReserved() {
        return addWorker(true);
    }

    /**
     * Makes a worker of those that are there like one of {@link #addReserved}.
     *
     * @param workerId of the worker
     */
    public void reserve(final int workerId) {
        pool.reserve(workerId);
    }

    private int addWorker(final boolean reserved) {
        requireOpen();
        if (pool.size() >= OutriderConfig.MAX_WORKERS) {
            throw new ConfigurationException("there are " + pool.size() + " workers, as many as there may be");
        }
        synchronized (adding) { // together, so that closing finds it among the spares or among the workers
            final Worker spare = spares.take();
            if (spare != null) {
                pool.add(spare, reserved);
                return spare.id();
            }
        }
        final int id = ids.getAndIncrement();
        try {
            factory.start(new Start(id, 1, archive.options()), config, worker -> {
                worker.open();
                pool.add(worker, reserved);
            });
        } catch (final OutriderException failure) {
            requireOpen(); // otherwise that is what the caller should learn
            throw failure;
        }
        return id;
    }

    /**
     * Where other processes attach to a worker.
     *
     * @param workerId of the worker
     * @return the path of its socket
     */
    public String address(final int workerId) {
        return pool.live(workerId).process().address();
    }

    /**
     * By what other processes attach to a worker.
     *
     * @param workerId of the worker
     * @return the secret of this worker alone
     */
    public SecretToken secret(final int workerId) {
        return pool.live(workerId).process().secret();
    }

    /**
     * Ends one worker and forgets it; the others go on. Blocks, within the bounds of the configuration. Does nothing if it is
     * not there.
     *
     * @param workerId of the worker
     */
    public void retire(final int workerId) {
        pool.dismiss(workerId);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new ClosedException("the executor was closed: nothing was sent");
        }
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract, final RemoteFactory<? extends T> factory, final ObjectOptions options) {
        Objects.requireNonNull(factory, "factory");
        final Contract<T> agreed = Contract.of(contract);
        return create(agreed, options, system -> {
            try {
                return system.create(agreed.name(), agreed.digest(), options.concurrency(), factory);
            } catch (final OutriderException failure) {
                throw failure;
            } catch (final Exception impossible) { // what the factory throws arrives as a RemoteCallException
                throw new IllegalStateException(impossible);
            }
        });
    }

    private <T> RemoteObject<T> create(
            final Contract<T> contract, final ObjectOptions options, final ToLongFunction<ObjectSystem> maker) {
        if (config.pool().restart() == RestartPolicy.RESTART_AND_RECREATE) {
            return RecreatedObject.create(
                    pool, contract, options, worker -> worker.create(contract, options.timeout(), maker));
        }
        return pool.place(options.workerId()).worker.create(contract, options.timeout(), maker);
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract,
            final Class<? extends T> implementation,
            final ObjectOptions options,
            final @Nullable Object... arguments) {
        final Contract<T> agreed = Contract.of(contract);
        return create(agreed, options, system -> {
            try {
                return system.construct(
                        agreed.name(), agreed.digest(), options.concurrency(), implementation.getName(), arguments);
            } catch (final OutriderException failure) {
                throw failure;
            } catch (final Exception impossible) { // what the constructor throws arrives as a RemoteCallException
                throw new IllegalStateException(impossible);
            }
        });
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
    public <R> CompletableFuture<R> submit(final TaskOptions options, final RemoteCallable<R> task) {
        return pool.submit(options, Objects.requireNonNull(task, "task"));
    }

    @Override
    public TaskRunner taskRunner() {
        return new TaskRunner() {
            @Override
            public <T> TaskFuture<T> start(final RemoteCallable<T> task, final Object original) {
                final PooledTask<T> pooled = pool.submit(TaskOptions.DEFAULT, task);
                return new StageFuture<>(pooled, pooled::cancelIfNotBegun, original);
            }
        };
    }

    @Override
    public Parallelization parallelization(final Parallelization permitted) {
        return permitted == Parallelization.PROCESS ? Parallelization.PROCESS : Parallelization.SEQUENTIAL;
    }

    @Override
    public LoanArena arena(final int workerId) {
        return pool.place(workerId).worker.arena();
    }

    @Override
    public Feed feed(final String name, final FeedOptions options) {
        return feeds.make(name, options);
    }

    @Override
    public List<WorkerInfo> workers() {
        return pool.infos();
    }

    @Override
    public Executor completionExecutor() {
        return completion;
    }

    @Override
    public void close() {
        shutdown(false);
    }

    @Override
    public void shutdown(final boolean cancelPending) {
        closed.set(true);
        pool.stopIntake();
        synchronized (closing) { // a second closer returns when the first is done
            feeds.close(); // first, so that calls that read them come to their end
            final Duration drain = config.worker().drainTimeout();
            final long beganNs = System.nanoTime();
            pool.drainTasks(cancelPending, drain);
            upkeep.close();
            spares.close();
            training.close();
            factory.close();
            training.await();
            synchronized (adding) {
                spares.drain().forEach(spare -> pool.add(spare, false));
            }
            final List<Worker> workers = pool.workers();
            workers.forEach(Worker::drain);
            final Duration left = drain.minusNanos(System.nanoTime() - beganNs);
            sideBySide(workers, worker -> worker.awaitDrained(left.isNegative() ? Duration.ZERO : left));
            sideBySide(workers, Worker::close);
            pool.awaitEnd();
            if (departed.compareAndSet(false, true)) {
                Endpoints.ofProcess().leave();
            }
            agent.close();
            doorbells.close();
            completionPool.close();
            session.close();
        }
        exitHook.close();
    }

    /** For all workers at once, so that the time it takes does not grow with their number. */
    private static void sideBySide(final List<Worker> workers, final Consumer<Worker> step) {
        final List<Thread> threads = new ArrayList<>();
        for (final Worker worker : workers) {
            final Thread thread = new Thread(() -> step.accept(worker), "outrider-close");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        boolean interrupted = false;
        for (final Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (final InterruptedException e) { // every step is bounded, and closing must be complete
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

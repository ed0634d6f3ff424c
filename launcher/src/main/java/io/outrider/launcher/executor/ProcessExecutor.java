package io.outrider.launcher.executor;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteFactory;
import io.outrider.api.RemoteObject;
import io.outrider.api.WorkerInfo;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.config.OutriderConfig;
import io.outrider.contract.Contract;
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
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.protocol.control.SecretToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The executor over worker processes; see {@link RemoteExecutor}. */
public final class ProcessExecutor implements RemoteExecutor {
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
    private final AtomicBoolean left = new AtomicBoolean();
    private final Object closing = new Object();
    private final Object adding = new Object();
    private volatile List<Worker> workers = List.of(); // by id; written under adding

    private ProcessExecutor(final OutriderConfig config) {
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
        this.factory = new WorkerFactory(config, session, doorbells, agent, completion);
        this.archive = WorkerArchive.find(config, session.path());
        this.training = new ArchiveTraining(config, factory, archive);
        this.spares = new Spares(config, factory, archive.options(), ids::getAndIncrement);
        Endpoints.ofProcess().enter();
        this.feeds = new Feeds(session.path(), config.link().waitStrategy());
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
        final ProcessExecutor executor = new ProcessExecutor(config);
        try {
            executor.agent.start();
            executor.startWorkers();
            executor.spares.start();
            executor.training.start();
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
        synchronized (adding) {
            workers = List.copyOf(factory.startFirst(wanted));
        }
        workers.forEach(Worker::open);
    }

    @Override
    public int addWorker() {
        requireOpen();
        if (workers.size() >= OutriderConfig.MAX_WORKERS) {
            throw new ConfigurationException("there are " + workers.size() + " workers, as many as there may be");
        }
        synchronized (adding) { // together, so that closing finds it among the spares or among the workers
            final Worker spare = spares.take();
            if (spare != null) {
                add(spare);
                return spare.id();
            }
        }
        final int id = ids.getAndIncrement();
        try {
            factory.start(new Start(id, 1, archive.options()), config, worker -> {
                worker.open();
                add(worker);
            });
        } catch (final OutriderException failure) {
            requireOpen(); // otherwise that is what the caller should learn
            throw failure;
        }
        return id;
    }

    private void add(final Worker worker) {
        synchronized (adding) {
            final List<Worker> all = new ArrayList<>(workers);
            all.add(worker);
            all.sort(Comparator.comparingInt(Worker::id)); // spares are not always taken in the order of their ids
            workers = List.copyOf(all);
        }
    }

    /**
     * Where other processes attach to a worker.
     *
     * @param workerId of the worker
     * @return the path of its socket
     */
    public String address(final int workerId) {
        return place(workerId).process().address();
    }

    /**
     * By what other processes attach to a worker.
     *
     * @param workerId of the worker
     * @return the secret of this worker alone
     */
    public SecretToken secret(final int workerId) {
        return place(workerId).process().secret();
    }

    /**
     * Ends one worker and forgets it; the others go on. Blocks, within the bounds of the configuration. Does nothing if it is
     * not there.
     *
     * @param workerId of the worker
     */
    public void retire(final int workerId) {
        final Worker retired;
        synchronized (adding) {
            retired = workers.stream()
                    .filter(worker -> worker.id() == workerId)
                    .findFirst()
                    .orElse(null);
            workers = workers.stream().filter(worker -> worker != retired).toList();
        }
        if (retired != null) {
            retired.drain();
            retired.awaitDrained(config.worker().drainTimeout());
            retired.close();
        }
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
        return place(options.workerId()).create(agreed, options.timeout(), system -> {
            try {
                return system.create(agreed.name(), agreed.digest(), options.concurrency(), factory);
            } catch (final OutriderException failure) {
                throw failure;
            } catch (final Exception impossible) { // what the factory throws arrives as a RemoteCallException
                throw new IllegalStateException(impossible);
            }
        });
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract,
            final Class<? extends T> implementation,
            final ObjectOptions options,
            final @Nullable Object... arguments) {
        final Contract<T> agreed = Contract.of(contract);
        return place(options.workerId()).create(agreed, options.timeout(), system -> {
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
        return submit(ObjectOptions.ANY_WORKER, task);
    }

    @Override
    public <R> CompletableFuture<R> submit(final int workerId, final RemoteCallable<R> task) {
        Objects.requireNonNull(task, "task");
        return place(workerId).submit(task);
    }

    private Worker place(final int workerId) {
        requireOpen();
        final List<Worker> all = workers;
        final Worker chosen = workerId == ObjectOptions.ANY_WORKER
                ? all.stream()
                        .filter(Worker::isAlive)
                        .min(Comparator.comparingInt(Worker::load))
                        .orElse(all.get(0))
                : all.stream()
                        .filter(worker -> worker.id() == workerId)
                        .findFirst()
                        .orElseThrow(() -> noSuchWorker(workerId));
        if (!chosen.isAlive()) {
            throw chosen.deathError();
        }
        return chosen;
    }

    private OutriderException noSuchWorker(final int workerId) {
        return new ConfigurationException("there is no worker " + workerId + ": there are the workers "
                + workers.stream().map(Worker::id).toList());
    }

    @Override
    public Feed feed(final String name, final FeedOptions options) {
        return feeds.make(name, options);
    }

    @Override
    public List<WorkerInfo> workers() {
        return workers.stream().map(Worker::info).toList();
    }

    @Override
    public Executor completionExecutor() {
        return completion;
    }

    @Override
    public void close() {
        closed.set(true);
        synchronized (closing) { // a second closer returns when the first is done
            feeds.close(); // first, so that calls that read them come to their end
            spares.close();
            training.close();
            factory.close();
            training.await();
            synchronized (adding) {
                spares.drain().forEach(this::add);
            }
            workers.forEach(Worker::drain);
            sideBySide(worker -> worker.awaitDrained(config.worker().drainTimeout()));
            sideBySide(Worker::close);
            workers = List.of();
            if (left.compareAndSet(false, true)) {
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
    private void sideBySide(final Consumer<Worker> step) {
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

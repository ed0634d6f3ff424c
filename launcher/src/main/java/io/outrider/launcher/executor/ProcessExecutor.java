package io.outrider.launcher.executor;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteFactory;
import io.outrider.api.RemoteObject;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderConfig;
import io.outrider.contract.Contract;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.ReplyAgent;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.launcher.jvm.JvmFlags;
import io.outrider.launcher.jvm.Platform;
import io.outrider.launcher.process.ExitHook;
import io.outrider.launcher.process.StartRequest;
import io.outrider.launcher.process.WorkerProcess;
import io.outrider.launcher.process.WorkerStarts;
import io.outrider.launcher.process.WorkerTerms;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.control.DoorbellHub;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final ExitHook exitHook;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Object closing = new Object();
    private volatile List<Worker> workers = List.of();

    private ProcessExecutor(final OutriderConfig config, final IdlePolicy idlePolicy) {
        this.config = config;
        this.session = SessionDirectory.create(config.baseDirectory());
        this.doorbells = new DoorbellHub();
        this.agent = new ReplyAgent("outrider-replies", doorbells, idlePolicy);
        this.completionPool = new CompletionPool();
        this.completion = Objects.requireNonNullElse(config.completion(), completionPool);
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
        final IdlePolicy idlePolicy = new IdlePolicy(
                config.link().waitStrategy(), Runtime.getRuntime().availableProcessors());
        final Marshaller marshaller = marshaller(config);
        final WorkerTerms terms = WorkerTerms.of(config, marshaller);
        final ProcessExecutor executor = new ProcessExecutor(config, idlePolicy);
        try {
            executor.agent.start();
            executor.startWorkers(terms, marshaller, idlePolicy);
        } catch (final RuntimeException | Error failure) {
            executor.close();
            throw failure;
        }
        return executor;
    }

    private static Marshaller marshaller(final OutriderConfig config) {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        final ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        final List<Class<?>> strict = config.strictTypes();
        return strict == null ? Marshaller.open(loader) : Marshaller.strict(loader, strict);
    }

    private void startWorkers(final WorkerTerms terms, final Marshaller marshaller, final IdlePolicy idlePolicy) {
        final List<StartRequest> requests = new ArrayList<>();
        for (int id = 0; id < config.workers(); id++) {
            requests.add(new StartRequest(id, 1, config, session, doorbells, terms));
        }
        final List<Worker> started = new ArrayList<>();
        for (final WorkerProcess process : WorkerStarts.all(requests)) {
            started.add(new Worker(process, marshaller, config.link(), idlePolicy, agent, completion));
        }
        workers = List.copyOf(started);
        started.forEach(Worker::open);
    }

    @Override
    public <T> RemoteObject<T> create(
            final Class<T> contract, final RemoteFactory<? extends T> factory, final ObjectOptions options) {
        Objects.requireNonNull(factory, "factory");
        final Contract<T> agreed = Contract.of(contract);
        return place(options.workerId()).create(agreed, system -> {
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
        return place(options.workerId()).create(agreed, system -> {
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
        if (closed.get()) {
            throw new ClosedException("the executor was closed: nothing was sent");
        }
        final List<Worker> all = workers;
        if (workerId >= all.size() || workerId < ObjectOptions.ANY_WORKER) {
            throw new ConfigurationException("there is no worker " + workerId + ": the ids end at " + (all.size() - 1));
        }
        final Worker chosen = workerId != ObjectOptions.ANY_WORKER
                ? all.get(workerId)
                : all.stream()
                        .filter(Worker::isAlive)
                        .min(Comparator.comparingInt(Worker::load))
                        .orElse(all.get(0));
        if (!chosen.isAlive()) {
            throw chosen.deathError();
        }
        return chosen;
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
            workers.forEach(Worker::drain);
            sideBySide(worker -> worker.awaitDrained(config.worker().drainTimeout()));
            sideBySide(Worker::close);
            workers = List.of();
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

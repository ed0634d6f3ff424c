package io.outrider.launcher.executor;

import io.outrider.api.RemoteCallable;
import io.outrider.config.OutriderConfig;
import io.outrider.engine.ClientThreads;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.ReplyAgent;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.launcher.process.LaunchOptions;
import io.outrider.launcher.process.StartRequest;
import io.outrider.launcher.process.WorkerProcess;
import io.outrider.launcher.process.WorkerStarts;
import io.outrider.launcher.process.WorkerTerms;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.telemetry.Log;
import io.outrider.worker.WorkerMain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Starts the workers of an executor: the first ones, added ones, spares, and the one that trains an archive. Safe from any
 * thread. After {@link #close} nothing is under way and nothing more starts.
 */
final class WorkerFactory implements AutoCloseable {
    private static final Log LOG = Log.of(WorkerFactory.class);

    private final OutriderConfig config;
    private final Preparation preparation;
    private final SessionDirectory session;
    private final DoorbellHub doorbells;
    private final ReplyAgent agent;
    private final ClientThreads threads;
    private final IdlePolicy idlePolicy;
    private final CompletableFuture<Agreement> agreement = new CompletableFuture<>();
    private final Set<WorkerStarts> underWay = new HashSet<>(); // guarded by itself
    private boolean closed; // guarded by underWay

    /** What the two sides agree on, and the marshaller that it was computed with. */
    private record Agreement(Marshaller marshaller, WorkerTerms terms) {}

    /** Which process to start: a worker of the executor, by id and incarnation, with what is special about its JVM. */
    record Start(int workerId, int incarnation, LaunchOptions options) {}

    WorkerFactory(
            final OutriderConfig config,
            final Preparation preparation,
            final SessionDirectory session,
            final DoorbellHub doorbells,
            final ReplyAgent agent,
            final ClientThreads threads) {
        this.config = config;
        this.preparation = preparation;
        this.session = session;
        this.doorbells = doorbells;
        this.agent = agent;
        this.threads = threads;
        this.idlePolicy = new IdlePolicy(
                config.link().waitStrategy(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * Starts the first workers. What they agree on is computed while their JVMs boot.
     *
     * @throws OutriderException if one fails; then none is left
     */
    List<Worker> startFirst(final List<Start> wanted) {
        final WorkerStarts starts = begin(wanted, config);
        try {
            agree(starts);
            return wrap(starts.await());
        } finally {
            ended(starts);
        }
    }

    private void agree(final WorkerStarts starts) {
        try {
            final Marshaller marshaller = preparation.marshaller();
            agreement.complete(new Agreement(marshaller, WorkerTerms.of(config, marshaller)));
        } catch (final RuntimeException | Error failure) {
            agreement.completeExceptionally(failure);
            starts.cancel();
            try {
                starts.await().forEach(WorkerProcess::close);
            } catch (final OutriderException expected) {
                LOG.debug("the workers were given up, since there is nothing that they could agree on", expected);
            }
            throw failure;
        }
    }

    /**
     * Starts one more worker and waits until it takes calls.
     *
     * @param wanted which
     * @param settings those of the executor, or what is to differ for this process
     * @param adopt takes charge of the worker, which a {@link #close} at the same time then finds there
     * @throws OutriderException if it fails; then nothing of it is left
     */
    void start(final Start wanted, final OutriderConfig settings, final Consumer<Worker> adopt) {
        final WorkerStarts starts = begin(List.of(wanted), settings);
        try {
            adopt.accept(wrap(starts.await()).get(0));
        } finally {
            ended(starts);
        }
    }

    private WorkerStarts begin(final List<Start> wanted, final OutriderConfig settings) {
        final List<StartRequest> requests = new ArrayList<>();
        for (final Start each : wanted) {
            requests.add(new StartRequest(
                    each.workerId(),
                    each.incarnation(),
                    settings,
                    session,
                    doorbells,
                    WorkerMain.class.getName(),
                    each.options(),
                    agreement.thenApply(agreed -> terms(agreed, settings))));
        }
        synchronized (underWay) {
            if (closed) {
                throw new ClosedException("the executor was closed: no worker was started");
            }
            final WorkerStarts starts = WorkerStarts.begin(requests);
            underWay.add(starts);
            return starts;
        }
    }

    private WorkerTerms terms(final Agreement agreed, final OutriderConfig settings) {
        return settings.worker().initializer() == null ? agreed.terms().withoutInitializer() : agreed.terms();
    }

    private List<Worker> wrap(final List<WorkerProcess> processes) {
        final Marshaller marshaller = agreement.join().marshaller();
        final List<Worker> workers = new ArrayList<>();
        for (final WorkerProcess process : processes) {
            workers.add(new Worker(process, marshaller, config.link(), idlePolicy, agent, threads));
        }
        return workers;
    }

    /** A task as it is sent. */
    byte[] encode(final RemoteCallable<?> task) {
        final ValueWriter writer =
                new ValueWriter(agreement.join().marshaller(), config.link().maxPayloadBytes());
        writer.reset(0);
        writer.putObject(task);
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return bytes;
    }

    private void ended(final WorkerStarts starts) {
        synchronized (underWay) {
            underWay.remove(starts);
            underWay.notifyAll();
        }
    }

    /** Cancels what is under way and waits until it has taken back what it made, which is bounded. Idempotent. */
    @Override
    public void close() {
        boolean interrupted = false;
        synchronized (underWay) {
            closed = true;
            underWay.forEach(WorkerStarts::cancel);
            while (!underWay.isEmpty()) {
                try {
                    underWay.wait();
                } catch (final InterruptedException e) { // its session is about to be deleted: it must have ended
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

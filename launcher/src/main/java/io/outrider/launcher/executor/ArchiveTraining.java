package io.outrider.launcher.executor;

import io.outrider.config.OutriderConfig;
import io.outrider.config.WorkerConfig;
import io.outrider.error.DeathReport;
import io.outrider.launcher.archive.WorkerArchive;
import io.outrider.launcher.executor.WorkerFactory.Start;
import io.outrider.launcher.process.LaunchOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes the archive of an executor that has none, beside its workers: one more worker, of low priority and without the user's
 * initializer, which rehearses and ends, and whose JVM writes at its exit which classes it had. On a thread of its own; the user
 * notices nothing. {@link #close} ends it at whatever it is.
 */
final class ArchiveTraining implements AutoCloseable {
    /** No worker of the user's has this id. */
    private static final int WORKER_ID = OutriderConfig.MAX_WORKERS;
    /** To start, and to write an archive, takes some seconds of processor time each, and nobody waits for it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final OutriderConfig config;
    private final WorkerFactory factory;
    private final WorkerArchive archive;
    private final Thread thread = new Thread(this::train, "outrider-archive");
    private volatile @Nullable Worker worker;
    private volatile boolean closed;

    ArchiveTraining(final OutriderConfig config, final WorkerFactory factory, final WorkerArchive archive) {
        this.config = unhurried(config);
        this.factory = factory;
        this.archive = archive;
        this.thread.setDaemon(true);
    }

    /** Begins, if there is anything to be done. Does not block. */
    void start() {
        if (archive.isMissing()) {
            thread.start();
        }
    }

    private void train() {
        archive.make(this::runWorker);
    }

    private boolean runWorker(final LaunchOptions options) {
        factory.start(new Start(WORKER_ID, 1, options), config, started -> {
            started.open();
            worker = started;
        });
        final Worker trained = worker;
        if (trained == null) {
            return false;
        }
        if (!closed) {
            Rehearsal.run(trained);
        }
        trained.close(closed ? Duration.ZERO : PATIENCE);
        final DeathReport report = trained.death();
        return !closed && report != null && report.exitCode() == 0;
    }

    /** Gives up what is under way. Does not wait; see {@link #await}. */
    @Override
    public void close() {
        closed = true;
        final Worker training = worker;
        if (training != null) {
            training.kill();
        }
    }

    /** Waits until nothing is left; for after {@link #close} and the factory's. */
    void await() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) { // what it waits for has been killed
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without the user's initializer, and with time to start where user code leaves a process of low priority little. */
    private static OutriderConfig unhurried(final OutriderConfig config) {
        final WorkerConfig worker = config.worker();
        return new OutriderConfig(
                config.workers(),
                new WorkerConfig(
                        worker.javaExecutable(),
                        worker.jvmArguments(),
                        worker.environment(),
                        worker.workingDirectory(),
                        worker.classPath(),
                        worker.modulePath(),
                        null,
                        PATIENCE,
                        worker.drainTimeout(),
                        worker.killTimeout()),
                config.link(),
                config.start(),
                config.pool(),
                config.serializer(),
                config.strictTypes(),
                config.contracts(),
                config.baseDirectory(),
                config.completion());
    }
}

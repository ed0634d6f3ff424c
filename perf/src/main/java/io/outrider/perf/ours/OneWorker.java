package io.outrider.perf.ours;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Rig;

/**
 * An executor with an object in its first worker.
 *
 * @param workers the executor
 * @param object in worker 0
 */
public record OneWorker(RemoteExecutor workers, RemoteObject<Arithmetic> object) implements AutoCloseable {
    /**
     * Opens one worker.
     *
     * @param rig has the directory
     * @param transport by its name in configuration
     * @param waitStrategy of both sides
     * @return the pair
     */
    public static OneWorker open(final Rig rig, final String transport, final WaitStrategy waitStrategy) {
        return open(rig, transport, waitStrategy, 1);
    }

    /**
     * Opens several workers; all but the first stay idle.
     *
     * @param rig has the directory
     * @param transport by its name in configuration
     * @param waitStrategy of both sides
     * @param count how many
     * @return the first of them
     */
    public static OneWorker open(
            final Rig rig, final String transport, final WaitStrategy waitStrategy, final int count) {
        return open(builder(rig, transport, waitStrategy).workers(count));
    }

    /**
     * The settings that a contender begins with: without an archive of class data, since one that has to be made keeps a
     * processor busy beside what is measured.
     *
     * @param rig has the directory
     * @param transport by its name in configuration
     * @param waitStrategy of both sides
     * @return a builder
     */
    public static OutriderBuilder builder(final Rig rig, final String transport, final WaitStrategy waitStrategy) {
        return Outrider.builder()
                .transport(transport)
                .waitStrategy(waitStrategy)
                .baseDirectory(rig.directory())
                .archive(false);
    }

    /**
     * Opens workers with settings of their own.
     *
     * @param settings all of them
     * @return the first worker
     */
    public static OneWorker open(final OutriderBuilder settings) {
        final RemoteExecutor workers = Outrider.open(settings.conclude());
        try {
            return new OneWorker(workers, workers.create(Arithmetic.class, ArithmeticObject::new));
        } catch (final RuntimeException | Error failure) {
            workers.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        object.close();
        workers.close();
    }
}

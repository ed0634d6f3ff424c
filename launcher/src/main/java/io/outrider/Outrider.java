package io.outrider;

import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.launcher.local.CombinedExecutor;
import io.outrider.launcher.local.LocalExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Where everything begins: opens executors, whose workers are JVMs beside this one. Safe from any thread. Opening blocks until
 * all workers are ready, and fails with what went wrong and what to do about it, leaving no process and no file.
 *
 * <pre>{@code
 * try (RemoteExecutor workers = Outrider.processes(2);
 *         RemoteObject<WeatherStation> station = workers.create(WeatherStation.class, SeattleStation::new)) {
 *     double july = station.stub().meanTemperature(7); // runs in a worker JVM
 * }
 * }</pre>
 */
public final class Outrider {
    private Outrider() {}

    /**
     * Opens an executor with default settings.
     *
     * @param workers how many worker processes
     * @return the executor, to be closed
     * @throws io.outrider.error.ConfigurationException if the number is out of range, or this JVM lacks a flag
     * @throws io.outrider.error.StorageException if there is not enough shared memory
     * @throws io.outrider.error.WorkerStartException if a worker does not become ready
     */
    public static RemoteExecutor processes(final int workers) {
        return open(builder().workers(workers).conclude());
    }

    /**
     * Opens an executor that runs everything on the thread that calls, in this process, and behaves as any other.
     *
     * @return the executor, to be closed
     * @throws io.outrider.error.ConfigurationException if this JVM lacks a flag
     */
    public static RemoteExecutor sequential() {
        return LocalExecutor.sequential();
    }

    /**
     * Opens an executor over threads of this process.
     *
     * @param threads how many
     * @return the executor, to be closed
     * @throws io.outrider.error.ConfigurationException if the number is out of range, or this JVM lacks a flag
     */
    public static RemoteExecutor threads(final int threads) {
        return LocalExecutor.threads(threads);
    }

    /**
     * Opens an executor over threads and processes: objects and tasks live in worker processes, methods run where they may.
     *
     * @param threads how many threads
     * @param processes how many worker processes
     * @return the executor, to be closed
     * @throws io.outrider.error.ConfigurationException if a number is out of range, or this JVM lacks a flag
     * @throws io.outrider.error.StorageException if there is not enough shared memory
     * @throws io.outrider.error.WorkerStartException if a worker does not become ready
     */
    public static RemoteExecutor threadsAndProcesses(final int threads, final int processes) {
        final LocalExecutor local = LocalExecutor.threads(threads);
        try {
            return new CombinedExecutor(
                    local, ProcessExecutor.open(builder().workers(processes).conclude()));
        } catch (final RuntimeException | Error failure) {
            local.close();
            throw failure;
        }
    }

    /**
     * Opens the simplest executor that has so many threads and processes: sequential if it has neither.
     *
     * @param threads how many threads; null for as many as there are processors
     * @param processes how many worker processes; null for as many as there are processors
     * @return the executor, to be closed
     * @throws io.outrider.error.ConfigurationException if a number is negative or too large, or this JVM lacks a flag
     */
    public static RemoteExecutor executor(final @Nullable Integer threads, final @Nullable Integer processes) {
        final int processors = Runtime.getRuntime().availableProcessors();
        final int ofThreads = threads == null ? processors : threads;
        final int ofProcesses = processes == null ? processors : processes;
        if (ofThreads < 0 || ofProcesses < 0) {
            throw new ConfigurationException("threads is " + ofThreads + " and processes is " + ofProcesses
                    + ": neither can be negative; 0 means none, and null as many as there are processors");
        }
        if (ofThreads == 0) {
            return ofProcesses == 0 ? sequential() : processes(ofProcesses);
        }
        return ofProcesses == 0 ? threads(ofThreads) : threadsAndProcesses(ofThreads, ofProcesses);
    }

    /**
     * Opens an executor.
     *
     * @param config all its settings
     * @return the executor, to be closed
     * @throws io.outrider.error.ConfigurationException if this JVM lacks a flag, or the transport is unknown
     * @throws io.outrider.error.StorageException if there is not enough shared memory
     * @throws io.outrider.error.WorkerStartException if a worker does not become ready
     * @throws io.outrider.error.ContractException if a contract that the settings name differs in the workers
     */
    public static RemoteExecutor open(final OutriderConfig config) {
        return ProcessExecutor.open(config);
    }

    /**
     * Starts from the default settings.
     *
     * @return a builder, for one thread
     */
    public static OutriderBuilder builder() {
        return OutriderConfig.builder();
    }
}

package io.outrider;

import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;
import io.outrider.launcher.executor.ProcessExecutor;

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

package io.outrider.manager;

import io.outrider.Outrider;
import io.outrider.actor.ActorSecret;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.manager.proxy.ManagerConnection;
import io.outrider.manager.proxy.WorkerManager;
import io.outrider.protocol.control.SecretToken;
import java.util.Comparator;

/**
 * Opens managers. Safe from any thread.
 *
 * <pre>{@code
 * try (Manager manager = Managers.start()) {
 *     ConcurrentMap<String, Integer> stock = manager.map();
 *     stock.merge("bolts", 5, Integer::sum);
 * }
 * }</pre>
 */
public final class Managers {
    /** How many may wait at once: each that waits has a call in flight. */
    private static final int WAITERS = 16_384;

    private Managers() {}

    /**
     * Opens a manager in a worker of its own, which ends with it. Blocks until the worker is ready.
     *
     * @return the manager, to be closed
     * @throws io.outrider.error.WorkerStartException if the worker does not become ready
     * @throws io.outrider.error.StorageException if there is not enough shared memory
     */
    public static Manager start() {
        return start(Outrider.builder().maxInFlight(WAITERS).conclude());
    }

    /**
     * Opens a manager in a worker of its own with settings. Each thread that waits has a call in flight, so {@code
     * maxInFlight} is how many may wait at once. A {@code callTimeout} bounds all calls but those that wait.
     *
     * @param config settings with one worker
     * @return the manager, to be closed
     * @throws ConfigurationException if there are more workers
     */
    public static Manager start(final OutriderConfig config) {
        if (config.workers() != 1) {
            throw new ConfigurationException("workers is " + config.workers() + ": a manager has 1");
        }
        final RemoteExecutor executor = Outrider.open(config);
        return new WorkerManager(executor, executor.workers().get(0).workerId(), true);
    }

    /**
     * Opens a manager in the live worker of an executor that has the fewest objects. The executor stays open when the
     * manager is closed.
     *
     * @param executor has the worker
     * @return the manager, to be closed before the executor
     */
    public static Manager in(final RemoteExecutor executor) {
        final WorkerInfo chosen = executor.workers().stream()
                .filter(WorkerInfo::alive)
                .min(Comparator.comparingInt(WorkerInfo::objects))
                .orElseThrow(() -> new ConfigurationException("no worker is alive"));
        return in(executor, chosen.workerId());
    }

    /**
     * Opens a manager in a worker of an executor, which stays open when the manager is closed.
     *
     * @param executor has the worker
     * @param workerId of the worker
     * @return the manager, to be closed before the executor
     */
    public static Manager in(final RemoteExecutor executor, final int workerId) {
        return new WorkerManager(executor, workerId, false);
    }

    /**
     * Connects to a manager of another process, which need not be related to this one. Blocks until that is done.
     *
     * @param address from {@link Manager#address()}
     * @param secret from {@link Manager#secret()}
     * @return the connection, to be closed
     * @throws io.outrider.error.AuthenticationException if the secret is wrong, within a second
     * @throws io.outrider.error.ClosedException if there is no such manager, or no longer
     * @throws ConfigurationException if what is there is no manager
     */
    public static ConnectedManager connect(final String address, final ActorSecret secret) {
        return ManagerConnection.open(address, SecretToken.of(secret.toBytes()));
    }
}

package io.outrider.actor;

import io.outrider.api.ObjectCounts;
import io.outrider.api.ObjectInfo;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteFactory;
import io.outrider.config.OutriderConfig;
import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Counting;
import io.outrider.engine.endpoint.Endpoint;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.protocol.ActorSystem;
import io.outrider.stub.Proxies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts actors and attaches to them. Safe from any thread. Starting blocks until the actor's constructor and its hook have run;
 * if it fails no process is left. What runs in an actor may start actors too: each is a process of its own. An actor whose
 * process dies is gone with its state, whatever the restart policy says: its calls fail, and nothing takes its place.
 * {@link ActorPool} replaces its members.
 *
 * <pre>{@code
 * try (Actor<Counter> counter = Actors.start(Counter.class, Tally::new)) {
 *     counter.stub().add(5); // runs in a JVM of its own
 * }
 * }</pre>
 */
public final class Actors {
    private Actors() {}

    /**
     * Starts an actor with default settings, in a process that is started for it: a warm spare serves those that {@link
     * #start(RemoteExecutor, Class, RemoteFactory)} starts.
     *
     * @param contract by which it is called
     * @param factory makes it, in its process
     * @param <T> the contract
     * @return the owner's handle
     * @throws io.outrider.error.WorkerStartException if its process does not become ready
     * @throws io.outrider.error.RemoteCallException if the factory or the hook throws
     */
    public static <T> Actor<T> start(final Class<T> contract, final RemoteFactory<? extends T> factory) {
        return start(OutriderConfig.builder().conclude(), contract, factory);
    }

    /**
     * Starts an actor of a class, by the constructor that fits the arguments, with default settings.
     *
     * @param contract by which it is called
     * @param implementation its class
     * @param arguments for the constructor
     * @param <T> the contract
     * @return the owner's handle
     */
    public static <T> Actor<T> start(
            final Class<T> contract, final Class<? extends T> implementation, final @Nullable Object... arguments) {
        return alone(
                OutriderConfig.builder().conclude(),
                contract,
                Contract.of(contract).name(),
                1,
                implementation.getName(),
                arguments);
    }

    /**
     * Starts an actor with settings of its own.
     *
     * @param config for its process; one worker
     * @param contract by which it is called
     * @param factory makes it, in its process
     * @param <T> the contract
     * @return the owner's handle
     */
    public static <T> Actor<T> start(
            final OutriderConfig config, final Class<T> contract, final RemoteFactory<? extends T> factory) {
        return start(config, contract, factory, ObjectOptions.DEFAULT);
    }

    /**
     * Starts an actor that may take several calls at once.
     *
     * @param config for its process; one worker
     * @param contract by which it is called
     * @param factory makes it, in its process
     * @param options of which only the concurrency counts
     * @param <T> the contract
     * @return the owner's handle
     */
    public static <T> Actor<T> start(
            final OutriderConfig config,
            final Class<T> contract,
            final RemoteFactory<? extends T> factory,
            final ObjectOptions options) {
        return alone(config, contract, Contract.of(contract).name(), options.concurrency(), factory);
    }

    private static <T> Actor<T> alone(
            final OutriderConfig config, final Class<T> contract, final @Nullable Object... arguments) {
        if (config.workers() != 1) {
            throw new ConfigurationException("workers is " + config.workers() + ": an actor has 1 to itself");
        }
        final ProcessExecutor executor = ProcessExecutor.open(config);
        final int workerId = executor.workers().get(0).workerId();
        executor.reserve(workerId);
        return owned(new ActorProcess(executor, workerId, executor::close, arguments), contract);
    }

    /**
     * Starts an actor in a worker that is added to an executor: in a warm spare, if it has one.
     *
     * @param workers whose settings count, and with which the actor ends at the latest
     * @param contract by which it is called
     * @param factory makes it, in its process
     * @param <T> the contract
     * @return the owner's handle
     */
    public static <T> Actor<T> start(
            final RemoteExecutor workers, final Class<T> contract, final RemoteFactory<? extends T> factory) {
        return owned(added(workers, contract, factory), contract);
    }

    static <T> ActorProcess added(
            final RemoteExecutor workers, final Class<T> contract, final RemoteFactory<? extends T> factory) {
        if (!(workers instanceof ProcessExecutor executor)) {
            throw new ConfigurationException(workers + " has no processes for actors");
        }
        Contract.of(contract); // before a process is started for it
        return in(executor, executor.addReserved(), contract, factory);
    }

    static <T> ActorProcess in(
            final RemoteExecutor workers,
            final int workerId,
            final Class<T> contract,
            final RemoteFactory<? extends T> factory) {
        final ProcessExecutor executor = (ProcessExecutor) workers;
        return new ActorProcess(
                executor,
                workerId,
                () -> executor.retire(workerId),
                Contract.of(contract).name(),
                1,
                factory);
    }

    static <T> Actor<T> owned(final ActorProcess process, final Class<T> contract) {
        try {
            return new OwnedActor<>(process, contract);
        } catch (final RuntimeException | Error failure) {
            process.end();
            throw failure;
        }
    }

    /**
     * Attaches to an actor of another process.
     *
     * @param contract by which it is called
     * @param address from {@link Actor#address()}
     * @param secret from {@link Actor#secret()}
     * @param aliases by which references that arrive here may name the actor beside its address, as long as the handle is open; their
     *     calls take this link
     * @param <T> the contract
     * @return a borrowed handle
     * @throws io.outrider.error.AuthenticationException if the secret is wrong, within a second
     * @throws io.outrider.error.ClosedException if there is no such actor, or no longer
     */
    public static <T> Actor<T> connect(
            final Class<T> contract, final String address, final ActorSecret secret, final String... aliases) {
        return connect(contract, address, secret, ConnectOptions.DEFAULT.aliases(aliases));
    }

    /**
     * Attaches to an actor of another process.
     *
     * @param contract by which it is called
     * @param address from {@link Actor#address()}
     * @param secret from {@link Actor#secret()}
     * @param options how
     * @param <T> the contract
     * @return a borrowed handle
     * @throws io.outrider.error.AuthenticationException if the secret is wrong, within a second
     * @throws io.outrider.error.ClosedException if there is no such actor, or no longer
     * @throws ConfigurationException if it has another serializer than the options name, or one that is not to be had here
     */
    public static <T> Actor<T> connect(
            final Class<T> contract, final String address, final ActorSecret secret, final ConnectOptions options) {
        final Endpoints endpoints = Endpoints.ofProcess();
        endpoints.enter(); // until the handle has done so
        try {
            final Endpoint endpoint = endpoints.connect(address, secret.token(), options.serializer());
            final List<Runnable> captured = options.aliases().stream()
                    .map(alias -> endpoints.capture(alias, address))
                    .toList(); // before the actor's own stub arrives, which may be the first that names it so
            return borrowed(endpoint, contract, () -> captured.forEach(Runnable::run));
        } finally {
            endpoints.leave();
        }
    }

    /**
     * Attaches to an actor of another process, whatever its contract is.
     *
     * @param address from {@link Actor#address()}
     * @param secret from {@link Actor#secret()}
     * @return a borrowed handle
     */
    public static Actor<?> connect(final String address, final ActorSecret secret) {
        final Endpoints endpoints = Endpoints.ofProcess();
        endpoints.enter();
        try {
            final Endpoint endpoint = endpoints.connect(address, secret.token(), null);
            return borrowed(endpoint, Proxies.typeOf(systemOf(endpoint).main()), () -> {});
        } finally {
            endpoints.leave();
        }
    }

    /**
     * A handle of an actor of which there is a stub.
     *
     * @param contract by which it is called
     * @param stub of the actor, from wherever it came
     * @param <T> the contract
     * @return a borrowed handle
     * @throws IllegalArgumentException if it is no stub
     * @throws ConfigurationException if it stands for something else than an actor
     */
    public static <T> Actor<T> of(final Class<T> contract, final T stub) {
        return borrowed(Endpoints.ofProcess().at(Proxies.addressOf(stub)), contract, () -> {});
    }

    /**
     * What the worker of any stub holds and has refused: an actor's, or another one.
     *
     * @param stub of any object there
     * @return counts made now, by a call
     * @throws IllegalArgumentException if it is no stub
     */
    public static ObjectCounts countsAt(final Object stub) {
        return Counting.at(stub);
    }

    /**
     * Which objects the worker of any stub holds.
     *
     * @param stub of any object there
     * @return a list made now, by a call
     * @throws IllegalArgumentException if it is no stub
     */
    public static List<ObjectInfo> objectsAt(final Object stub) {
        return Counting.objects(stub);
    }

    private static <T> Actor<T> borrowed(final Endpoint endpoint, final Class<T> contract, final Runnable then) {
        final ActorSystem system;
        try {
            system = systemOf(endpoint);
        } catch (final RuntimeException | Error failure) {
            then.run();
            throw failure;
        }
        return BorrowedActor.of(system, contract, then);
    }

    private static ActorSystem systemOf(final Endpoint endpoint) throws OutriderException {
        if (endpoint.references().front() instanceof ActorSystem system) {
            return system;
        }
        throw new ConfigurationException(endpoint + " is no actor: it was not started by Actors.start");
    }
}

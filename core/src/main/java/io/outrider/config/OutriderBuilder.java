package io.outrider.config;

import io.outrider.api.WorkerInitializer;
import io.outrider.error.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings for {@link OutriderConfig}. For one thread, and for one {@link #conclude()}: settings after it are
 * refused. Values out of range are refused by {@code conclude}, naming the value and the limit.
 */
public final class OutriderBuilder {
    private static final int DEFAULT_LANE_BYTES = 1024 * 1024;
    private static final int DEFAULT_MAX_PAYLOAD_BYTES = 128 * 1024 * 1024;
    private static final int DEFAULT_MAX_IN_FLIGHT = 1024;

    private boolean concluded;
    private int workers = 1;
    private String transport = "queue";
    private int laneBytes = DEFAULT_LANE_BYTES;
    private long arenaBytes;
    private int maxPayloadBytes = DEFAULT_MAX_PAYLOAD_BYTES;
    private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
    private WaitStrategy waitStrategy = WaitStrategy.ADAPTIVE;
    private Duration backPressureTimeout = Duration.ofSeconds(10);
    private @Nullable Duration callTimeout;
    private BackPressure backPressure = BackPressure.TIME_OUT;
    private OnStuck onStuck = OnStuck.LEAVE;
    private Duration stuckTimeout = Duration.ofSeconds(1);
    private boolean directCalls = true;
    private int streamWindow = LinkConfig.DEFAULT_STREAM_WINDOW;
    private int streamWindowBytes = LinkConfig.DEFAULT_STREAM_WINDOW_BYTES;
    private @Nullable Path javaExecutable;
    private final List<String> jvmArguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private @Nullable Path workingDirectory;
    private @Nullable List<Path> classPath;
    private @Nullable List<Path> modulePath;
    private @Nullable WorkerInitializer initializer;
    private Duration startTimeout = Duration.ofSeconds(30);
    private Duration drainTimeout = Duration.ofSeconds(10);
    private Duration killTimeout = Duration.ofSeconds(3);
    private PoolConfig pool = PoolConfig.DEFAULT;
    private int spares;
    private boolean archive = true;
    private @Nullable Path archiveDirectory;
    private final List<Integer> processors = new ArrayList<>();
    private @Nullable List<Class<?>> strictTypes;
    private final List<Class<?>> contracts = new ArrayList<>();
    private @Nullable Path baseDirectory;
    private @Nullable Executor completion;

    OutriderBuilder() {}

    /**
     * Sets how many worker processes there are.
     *
     * @param count from 1 to {@link OutriderConfig#MAX_WORKERS}; 1 by default
     * @return this
     */
    public OutriderBuilder workers(final int count) {
        open().workers = count;
        return this;
    }

    /**
     * Chooses the transport.
     *
     * @param name {@code queue}, the default, {@code ring}, or the name of another provider on the class path
     * @return this
     */
    public OutriderBuilder transport(final String name) {
        open().transport = name;
        return this;
    }

    /**
     * Sets the memory of one lane.
     *
     * @param bytes a power of two; 1 MiB by default. A frame may take an eighth of it
     * @return this
     */
    public OutriderBuilder laneBytes(final int bytes) {
        open().laneBytes = bytes;
        return this;
    }

    /**
     * Sets the most that the arguments or the result of one call may take.
     *
     * @param bytes up to 1 GiB; 128 MiB by default
     * @return this
     */
    public OutriderBuilder maxPayloadBytes(final int bytes) {
        open().maxPayloadBytes = bytes;
        return this;
    }

    /**
     * How much of the arena each side of a link can loan altogether; the largest {@link io.outrider.api.Loan} is that, and at
     * most 1 GiB. Memory is taken as it is used.
     *
     * @param bytes a power of two of at least {@code laneBytes}
     * @return this
     */
    public OutriderBuilder arenaBytes(final long bytes) {
        if (bytes <= 0) {
            throw new ConfigurationException("arenaBytes is " + bytes + ": it must be a power of two");
        }
        open().arenaBytes = bytes;
        return this;
    }

    /**
     * Sets how many calls may wait for their outcome on one link: the outermost back pressure.
     *
     * @param calls from 1 to {@link LinkConfig#MAX_IN_FLIGHT}; 1024 by default
     * @return this
     */
    public OutriderBuilder maxInFlight(final int calls) {
        open().maxInFlight = calls;
        return this;
    }

    /**
     * Chooses how both sides wait.
     *
     * @param strategy {@link WaitStrategy#ADAPTIVE} by default
     * @return this
     */
    public OutriderBuilder waitStrategy(final WaitStrategy strategy) {
        open().waitStrategy = strategy;
        return this;
    }

    /**
     * Chooses what a caller does that finds no room.
     *
     * @param policy {@link BackPressure#TIME_OUT} by default
     * @return this
     */
    public OutriderBuilder backPressure(final BackPressure policy) {
        open().backPressure = policy;
        return this;
    }

    /**
     * Chooses what becomes of a worker in which a method ignores that it was interrupted.
     *
     * @param policy {@link OnStuck#LEAVE} by default
     * @return this
     */
    public OutriderBuilder onStuck(final OnStuck policy) {
        open().onStuck = policy;
        return this;
    }

    /**
     * Sets how long a method may ignore that it was interrupted, where {@link OnStuck#KILL} is chosen.
     *
     * @param timeout 1 s by default
     * @return this
     */
    public OutriderBuilder stuckTimeout(final Duration timeout) {
        open().stuckTimeout = timeout;
        return this;
    }

    /**
     * Chooses whether a short call that is waited for may go beside the lanes; if not, each call is a frame of a lane.
     *
     * @param allowed true by default
     * @return this
     */
    public OutriderBuilder directCalls(final boolean allowed) {
        open().directCalls = allowed;
        return this;
    }

    /**
     * Sets how long a caller waits for room.
     *
     * @param timeout 10 s by default
     * @return this
     */
    public OutriderBuilder backPressureTimeout(final Duration timeout) {
        open().backPressureTimeout = timeout;
        return this;
    }

    /**
     * Sets how long a call may take: then the caller gets {@link io.outrider.error.CallTimeoutException}, and the method is
     * interrupted in its worker. Without it a caller waits for as long as the worker lives; a worker that dies ends the wait at once.
     *
     * @param timeout more than zero
     * @return this
     */
    public OutriderBuilder callTimeout(final Duration timeout) {
        open().callTimeout = timeout;
        return this;
    }

    /**
     * Sets how far the writer of a stream may be ahead of its reader.
     *
     * @param values from 1; 4,096 by default
     * @return this
     */
    public OutriderBuilder streamWindow(final int values) {
        open().streamWindow = values;
        return this;
    }

    /**
     * Sets how many bytes the writer of a stream may be ahead of its reader; one value more may be, whatever its size.
     *
     * @param bytes from 1; 256 KiB by default
     * @return this
     */
    public OutriderBuilder streamWindowBytes(final int bytes) {
        open().streamWindowBytes = bytes;
        return this;
    }

    /**
     * Chooses the {@code java} that runs the workers.
     *
     * @param executable by default the one that runs the launcher
     * @return this
     */
    public OutriderBuilder javaExecutable(final Path executable) {
        open().javaExecutable = executable;
        return this;
    }

    /**
     * Adds arguments for the workers' JVMs, after those that Outrider chooses.
     *
     * @param arguments such as {@code -Xmx256m}; never on the command line of the process itself, however long
     * @return this
     */
    public OutriderBuilder jvmArguments(final String... arguments) {
        open().jvmArguments.addAll(List.of(arguments));
        return this;
    }

    /**
     * Adds a variable to the workers' environment.
     *
     * @param name of the variable
     * @param value of the variable
     * @return this
     */
    public OutriderBuilder environment(final String name, final String value) {
        open().environment.put(name, value);
        return this;
    }

    /**
     * Sets the workers' working directory.
     *
     * @param directory by default the launcher's; made if it is not there
     * @return this
     */
    public OutriderBuilder workingDirectory(final Path directory) {
        open().workingDirectory = directory;
        return this;
    }

    /**
     * Sets the workers' class path.
     *
     * @param entries in order; by default those of the launcher. Outrider's own jars are added where they are missing
     * @return this
     */
    public OutriderBuilder classPath(final List<Path> entries) {
        open().classPath = List.copyOf(entries);
        return this;
    }

    /**
     * Sets the workers' module path.
     *
     * @param entries in order; by default those of the launcher
     * @return this
     */
    public OutriderBuilder modulePath(final List<Path> entries) {
        open().modulePath = List.copyOf(entries);
        return this;
    }

    /**
     * Sets what runs in each worker before its first call.
     *
     * @param code a lambda; if it throws, the start fails
     * @return this
     */
    public OutriderBuilder initializer(final WorkerInitializer code) {
        open().initializer = code;
        return this;
    }

    /**
     * Sets how long a worker may take to become ready.
     *
     * @param timeout 30 s by default
     * @return this
     */
    public OutriderBuilder startTimeout(final Duration timeout) {
        open().startTimeout = timeout;
        return this;
    }

    /**
     * Sets how long closing waits for calls that have begun.
     *
     * @param timeout 10 s by default
     * @return this
     */
    public OutriderBuilder drainTimeout(final Duration timeout) {
        open().drainTimeout = timeout;
        return this;
    }

    /**
     * Sets how long closing waits after asking a worker to end, and again after destroying it, before it goes further.
     *
     * @param timeout 3 s by default
     * @return this
     */
    public OutriderBuilder killTimeout(final Duration timeout) {
        open().killTimeout = timeout;
        return this;
    }

    /**
     * Sets how workers and tasks are looked after: restarts, limits, the queue of tasks.
     *
     * @param settings {@link PoolConfig#DEFAULT} by default
     * @return this
     */
    public OutriderBuilder pool(final PoolConfig settings) {
        open().pool = settings;
        return this;
    }

    /**
     * Keeps worker processes ready beyond those that work, for {@link io.outrider.api.RemoteExecutor#addWorker}.
     *
     * @param count from 0, the default, to {@link OutriderConfig#MAX_WORKERS}
     * @return this
     */
    public OutriderBuilder spares(final int count) {
        open().spares = count;
        return this;
    }

    /**
     * Says whether workers share an archive of class data, which makes them start sooner. It is made on first use, by a
     * process of low priority that ends with the executor at the latest, and kept for later executors.
     *
     * @param wanted true by default
     * @return this
     */
    public OutriderBuilder archive(final boolean wanted) {
        open().archive = wanted;
        return this;
    }

    /**
     * Sets where archives of class data are kept.
     *
     * @param directory by default {@code outrider} in {@code XDG_CACHE_HOME} or {@code ~/.cache}; made if need be, for its user alone
     * @return this
     */
    public OutriderBuilder archiveDirectory(final Path directory) {
        open().archiveDirectory = directory;
        return this;
    }

    /**
     * Pins the thread of each worker that takes its calls. Where the platform doesn't allow it the workers run unpinned, with
     * a warning.
     *
     * @param numbers of processors, from 0; the worker with id 0 gets the first, and so on, and again from the start
     * @return this
     */
    public OutriderBuilder cpu(final int... numbers) {
        open().processors.clear();
        for (final int number : numbers) {
            processors.add(number);
        }
        return this;
    }

    /**
     * Lets only these classes cross, beside the built-in values; others are refused by name, in both directions.
     *
     * @param types the classes, the same on both sides
     * @return this
     */
    public OutriderBuilder strictTypes(final Class<?>... types) {
        open().strictTypes = List.of(types);
        return this;
    }

    /**
     * Checks contracts against the workers' versions at start instead of when the first object is made.
     *
     * @param interfaces the contracts
     * @return this
     */
    public OutriderBuilder contracts(final Class<?>... interfaces) {
        open().contracts.addAll(List.of(interfaces));
        return this;
    }

    /**
     * Sets under which directory the session directory is made.
     *
     * @param directory by default {@code /dev/shm}, or the directory for temporary files where there is none
     * @return this
     */
    public OutriderBuilder baseDirectory(final Path directory) {
        open().baseDirectory = directory;
        return this;
    }

    /**
     * Sets where futures are completed and their dependents run.
     *
     * @param executor by default a small pool of the remote executor's own
     * @return this
     */
    public OutriderBuilder completion(final Executor executor) {
        open().completion = executor;
        return this;
    }

    /**
     * Freezes the settings.
     *
     * @return the configuration
     * @throws ConfigurationException if a value is out of range, naming the value and the limit
     */
    public OutriderConfig conclude() {
        open();
        final OutriderConfig config = new OutriderConfig(
                workers,
                new WorkerConfig(
                        javaExecutable,
                        jvmArguments,
                        environment,
                        workingDirectory,
                        classPath,
                        modulePath,
                        initializer,
                        startTimeout,
                        drainTimeout,
                        killTimeout),
                new LinkConfig(
                        transport,
                        laneBytes,
                        maxPayloadBytes,
                        arenaBytes,
                        maxInFlight,
                        waitStrategy,
                        backPressure,
                        backPressureTimeout,
                        callTimeout,
                        onStuck,
                        stuckTimeout,
                        directCalls,
                        streamWindow,
                        streamWindowBytes),
                new StartConfig(spares, archive, archiveDirectory, processors),
                pool,
                strictTypes,
                contracts,
                baseDirectory,
                completion);
        concluded = true;
        return config;
    }

    private OutriderBuilder open() {
        if (concluded) {
            throw new ConfigurationException("this builder was concluded: make a new one for other settings");
        }
        return this;
    }
}

package io.outrider.config;

import io.outrider.api.WorkerInitializer;
import io.outrider.api.serializer.SerializerProvider;
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
public final class OutriderBuilder extends LinkBuilder {
    private boolean concluded;
    private int workers = 1;
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
    private String serializer = SerializerProvider.KRYO;
    private @Nullable String serialFilter;
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
     * Chooses what turns object graphs into bytes. Both ends of a link need it.
     *
     * @param name {@code kryo}, the default, {@code java} for JDK serialization, or the name of another
     *     {@link SerializerProvider} on the class path
     * @return this
     */
    public OutriderBuilder serializer(final String name) {
        open().serializer = name;
        return this;
    }

    /**
     * Bounds what the serializer {@code java} reads: limits take the place of the default ones, classes go before those. A pattern
     * that ends in {@code !*} lets {@code java.base/*;io.outrider.**} through before that, since calls need those.
     *
     * @param pattern in the syntax of {@code jdk.serialFilter}, such as {@code maxdepth=500;!com.acme.internal.**}
     * @return this
     */
    public OutriderBuilder serialFilter(final String pattern) {
        open().serialFilter = pattern;
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
                link(),
                new StartConfig(spares, archive, archiveDirectory, processors),
                pool,
                serializer(),
                strictTypes,
                contracts,
                baseDirectory,
                completion);
        concluded = true;
        return config;
    }

    private SerializerConfig serializer() {
        if (!serializer.equals(SerializerProvider.KRYO)) {
            final ClassLoader context = Thread.currentThread().getContextClassLoader();
            SerializerProvider.named(serializer, context == null ? ClassLoader.getSystemClassLoader() : context);
        }
        return new SerializerConfig(serializer, serialFilter);
    }

    @Override
    OutriderBuilder open() {
        if (concluded) {
            throw new ConfigurationException("this builder was concluded: make a new one for other settings");
        }
        return this;
    }
}

package io.outrider.config;

import io.outrider.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All settings of an executor, concluded once by {@link OutriderBuilder#conclude()}. Immutable, so one may be used for any
 * number of executors.
 *
 * @param workers how many worker processes
 * @param worker the settings of each process
 * @param link the settings of each link
 * @param start how workers become ready, and where they run
 * @param pool how workers and tasks are looked after
 * @param serializer how object graphs become bytes
 * @param strictTypes the only classes that may cross beside the built-in ones, or null to let any class cross
 * @param contracts checked against the worker's versions at start; others are checked when an object is made
 * @param baseDirectory under which the session directory is made, or null for {@code /dev/shm} or, where there is none, the
 *     directory for temporary files
 * @param completion completes futures and runs their dependents, or null for a small pool of the executor's own
 */
public record OutriderConfig(
        int workers,
        WorkerConfig worker,
        LinkConfig link,
        StartConfig start,
        PoolConfig pool,
        SerializerConfig serializer,
        @Nullable List<Class<?>> strictTypes,
        List<Class<?>> contracts,
        @Nullable Path baseDirectory,
        @Nullable Executor completion) {
    /** The most workers that one executor holds. */
    public static final int MAX_WORKERS = 256;

    /** Copies the collections and checks the ranges. */
    public OutriderConfig {
        strictTypes = strictTypes == null ? null : List.copyOf(strictTypes);
        contracts = List.copyOf(contracts);
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new ConfigurationException("workers is " + workers + ": it must be from 1 to " + MAX_WORKERS);
        }
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder, for one thread
     */
    public static OutriderBuilder builder() {
        return new OutriderBuilder();
    }
}

package io.outrider.config;

import io.outrider.api.WorkerInitializer;
import io.outrider.error.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the worker processes. Immutable.
 *
 * @param javaExecutable the {@code java} to run, or null for the one that runs the launcher
 * @param jvmArguments added after those that Outrider chooses, so that they win
 * @param environment added to the launcher's environment
 * @param workingDirectory of the workers, or null for the launcher's
 * @param classPath entries, or null for the launcher's own class path
 * @param modulePath entries, or null for the launcher's own module path
 * @param initializer runs in each worker before its first call, or null
 * @param startTimeout from the fork to the first reply
 * @param drainTimeout how long closing waits for calls that have begun
 * @param killTimeout how long closing waits after each of asking and destroying before it goes one step further
 */
public record WorkerConfig(
        @Nullable Path javaExecutable,
        List<String> jvmArguments,
        Map<String, String> environment,
        @Nullable Path workingDirectory,
        @Nullable List<Path> classPath,
        @Nullable List<Path> modulePath,
        @Nullable WorkerInitializer initializer,
        Duration startTimeout,
        Duration drainTimeout,
        Duration killTimeout) {
    /** Copies the collections and checks the ranges. */
    public WorkerConfig {
        jvmArguments = List.copyOf(jvmArguments);
        environment = Map.copyOf(environment);
        classPath = classPath == null ? null : List.copyOf(classPath);
        modulePath = modulePath == null ? null : List.copyOf(modulePath);
        if (classPath != null && classPath.isEmpty()) {
            throw new ConfigurationException("classPath is empty: a worker could not load even Outrider itself");
        }
        LinkConfig.positive("startTimeout", startTimeout);
        LinkConfig.positive("drainTimeout", drainTimeout);
        LinkConfig.positive("killTimeout", killTimeout);
    }
}

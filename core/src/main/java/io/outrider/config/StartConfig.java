package io.outrider.config;

import io.outrider.error.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which workers are ready sooner and run where they should. Immutable.
 *
 * @param spares how many worker processes wait for {@link io.outrider.api.RemoteExecutor#addWorker}
 * @param archive whether workers share an archive of class data, made on first use
 * @param archiveDirectory where archives are kept, or null for {@code outrider} in the user's cache directory
 * @param processors on which the workers' leaders are pinned, by worker id and again from the start; empty to pin none
 */
public record StartConfig(
        int spares, boolean archive, @Nullable Path archiveDirectory, List<Integer> processors) {
    /** What {@link #processor} returns for a worker that is not pinned. */
    public static final int ANY_PROCESSOR = -1;

    /** Copies the list and checks the ranges. */
    public StartConfig {
        processors = List.copyOf(processors);
        if (spares < 0 || spares > OutriderConfig.MAX_WORKERS) {
            throw new ConfigurationException(
                    "spares is " + spares + ": it must be from 0 to " + OutriderConfig.MAX_WORKERS);
        }
        for (final int processor : processors) {
            if (processor < 0) {
                throw new ConfigurationException("cpu names the processor " + processor + ": they count from 0");
            }
        }
    }

    /**
     * Where the leader of a worker runs.
     *
     * @param workerId from 0
     * @return the processor, or {@link #ANY_PROCESSOR}
     */
    public int processor(final int workerId) {
        return processors.isEmpty() ? ANY_PROCESSOR : processors.get(workerId % processors.size());
    }
}

package io.outrider.ipc.queue;

import io.outrider.error.StorageException;
import io.outrider.telemetry.Log;
import java.nio.file.Files;

/**
 * Makes the memory of a lane's next cycle before the lane rolls, so that a full file system is met here and not in the
 * middle of an append. The writer says what it wants and asks whether it is there, which is one load; the
 * {@link CycleKeeper} makes it. What can't be had is logged once and tried again.
 */
final class SpareCycles implements CycleKeeper.Chore {
    private static final Log LOG = Log.of(SpareCycles.class);

    private final CycleFiles files;
    private final long fileBytes;
    private final CycleKeeper keeper;
    private volatile int wanted;
    private volatile int ready;
    private boolean failing;

    /**
     * @param files of the lane
     * @param fileBytes what the queue maps of a cycle
     * @param keeper does the work
     */
    SpareCycles(final CycleFiles files, final long fileBytes, final CycleKeeper keeper) {
        this.files = files;
        this.fileBytes = fileBytes;
        this.keeper = keeper;
    }

    /**
     * Orders the memory of a cycle.
     *
     * @param cycle the next one of the lane
     */
    void want(final int cycle) {
        wanted = cycle;
        keeper.wake();
    }

    /**
     * Whether the lane may roll to a cycle.
     *
     * @param cycle the next one of the lane
     * @return true if its memory is there
     */
    boolean isReady(final int cycle) {
        return ready == cycle;
    }

    @Override
    public boolean doWork() {
        final int cycle = wanted;
        if (ready == cycle) {
            return true;
        }
        try {
            if (!Files.exists(files.spare(cycle))) {
                files.createSpare(cycle, fileBytes);
            }
            ready = cycle;
            failing = false;
        } catch (final StorageException e) {
            if (!failing) {
                failing = true;
                LOG.warn("{} holds its writers back until there is memory for its next cycle", files.directory(), e);
            }
        }
        return !failing;
    }
}

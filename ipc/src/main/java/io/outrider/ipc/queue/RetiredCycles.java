package io.outrider.ipc.queue;

import io.outrider.telemetry.Log;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Deletes the cycles that the one reader of a lane has left, and then tells the writer, which so counts files and not only
 * readings. The writer had left them before: it ends a cycle only when it goes on to the next. The reader says where it is,
 * which is one store; the {@link CycleKeeper} deletes.
 *
 * <p>The queue's own notice of a released file isn't used: it comes for the cycle that is being read, too, when a queue is
 * closed.
 */
final class RetiredCycles implements CycleKeeper.Chore {
    private static final Log LOG = Log.of(RetiredCycles.class);

    private final CycleFiles files;
    private final LinkStatus status;
    private final Side reader;
    private final CycleKeeper keeper;
    private volatile int current;
    private int oldest;

    /**
     * @param files of the lane
     * @param status tells the writer
     * @param reader the side that reads the lane
     * @param keeper does the work
     * @param first the oldest cycle there is
     */
    RetiredCycles(
            final CycleFiles files,
            final LinkStatus status,
            final Side reader,
            final CycleKeeper keeper,
            final int first) {
        this.files = files;
        this.status = status;
        this.reader = reader;
        this.keeper = keeper;
        current = first;
        oldest = first;
    }

    /**
     * Says that nothing of older cycles will be read again.
     *
     * @param cycle of the frame that is read now
     */
    void reached(final int cycle) {
        current = cycle;
        keeper.wake();
    }

    @Override
    public boolean doWork() {
        while (oldest < current) {
            try {
                Files.deleteIfExists(files.cycle(oldest));
            } catch (final IOException e) {
                LOG.warn("{} stays behind, though it was read", files.cycle(oldest), e);
            }
            oldest++;
            status.oldestCycle(reader, oldest);
        }
        return true;
    }
}

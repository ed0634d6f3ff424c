package io.outrider.ipc.queue;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time by which a lane rolls: it stands still until the lane is full and then leaps by one cycle. So the queue rolls by
 * size, and neither a step of the system's clock nor an idle hour makes it roll. Read and moved under the lock of the
 * writer, or by the one reader.
 */
final class CycleClock implements TimeProvider {
    private int cycle = CycleFiles.FIRST_CYCLE;

    /** The cycle whose time it is. */
    int cycle() {
        return cycle;
    }

    /**
     * Leaps.
     *
     * @param next the cycle whose time it will be
     */
    void cycle(final int next) {
        cycle = next;
    }

    @Override
    public long currentTimeMillis() {
        return (long) cycle * CycleFiles.rollCycle().lengthInMillis();
    }
}

package io.outrider.ipc.feed;

import io.outrider.config.WaitStrategy;
import io.outrider.engine.IdlePolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How an end of a feed waits for the others: as its wait strategy says, and with {@link WaitStrategy#ADAPTIVE} in naps where
 * that would block. Where more ends wait than there are processors, spinning takes from whoever is waited for, so that
 * naps come at once. For one thread.
 */
final class FeedIdle {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long SHORTEST_NAP_NS = TimeUnit.MICROSECONDS.toNanos(20);

    private final WaitStrategy strategy;
    private final IdlePolicy policy;
    private final Rows rows;
    private final int doublings;
    private int naps;
    private boolean crowded;

    /**
     * @param doublings how often a nap may get twice as long as the one before
     */
    FeedIdle(final FeedFile file, final Rows rows, final int doublings) {
        this.strategy = file.waitStrategy();
        this.policy = new IdlePolicy(strategy, PROCESSORS);
        this.rows = rows;
        this.doublings = doublings;
    }

    /**
     * Waits a little.
     *
     * @param fruitless how often it was waited in vain, from 0
     */
    void idle(final int fruitless) {
        if (fruitless == 0) {
            naps = 0;
            crowded = strategy == WaitStrategy.ADAPTIVE && rows.active() >= PROCESSORS;
        }
        if (crowded || !policy.idle(fruitless)) {
            LockSupport.parkNanos(this, SHORTEST_NAP_NS << Math.min(naps++, doublings));
        }
    }
}

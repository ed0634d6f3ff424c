package io.outrider.engine;

import io.outrider.config.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does between two polls that found nothing, as its {@link WaitStrategy} says. Immutable, safe from any thread;
 * how many polls were in vain is the caller's to count.
 */
public final class IdlePolicy {
    private static final int SPINS = 1_000;
    private static final int YIELDS = 50;
    private static final int WAKE_YIELDS = 100;
    private static final int SHORT_SPINS = 10;
    private static final int SHORT_YIELDS = 5;
    private static final long MIN_PARK_NS = 1_000;
    private static final int MAX_PARK_DOUBLINGS = 10;

    private final WaitStrategy strategy;
    private final int spins;
    private final int yields;

    /**
     * @param strategy how to wait
     * @param processors that this process may use: on one, polling only keeps the peer from running
     */
    public IdlePolicy(final WaitStrategy strategy, final int processors) {
        this.strategy = strategy;
        this.spins = switch (strategy) {
            case SPIN -> Integer.MAX_VALUE;
            case YIELD, BACKOFF -> SHORT_SPINS;
            case ADAPTIVE -> processors > 1 ? SPINS : 0;
        };
        this.yields = switch (strategy) {
            case SPIN, YIELD -> Integer.MAX_VALUE;
            case BACKOFF -> SHORT_YIELDS;
            case ADAPTIVE -> YIELDS;
        };
    }

    /**
     * Waits a little for a peer that was woken just now, or has just woken this thread. It may be on this very processor, as the
     * system likes to put who is woken beside who wakes: then spinning would only keep it from running.
     *
     * @param fruitless how many polls have found nothing since, from 0
     * @return as {@link #idle} says
     */
    @SuppressWarnings("ThreadPriorityCheck") // that the peer runs is what is waited for
    public boolean idleAfterWake(final int fruitless) {
        if (strategy != WaitStrategy.ADAPTIVE || fruitless >= WAKE_YIELDS) {
            return idle(Math.max(0, fruitless - WAKE_YIELDS));
        }
        Thread.yield();
        return true;
    }

    /**
     * Waits a little.
     *
     * @param fruitless how many polls have found nothing since one last did, from 0
     * @return false, at once, if it is time to block until woken instead; only {@link WaitStrategy#ADAPTIVE} says so
     */
    @SuppressWarnings("ThreadPriorityCheck") // to yield is one of the strategies, and none relies on it
    public boolean idle(final int fruitless) {
        if (fruitless < spins) {
            Thread.onSpinWait();
            return true;
        }
        if (fruitless - spins < yields) {
            Thread.yield();
            return true;
        }
        if (strategy == WaitStrategy.BACKOFF) {
            final int doublings = Math.min(fruitless - spins - yields, MAX_PARK_DOUBLINGS);
            LockSupport.parkNanos(this, MIN_PARK_NS << doublings);
            return true;
        }
        return false;
    }
}

package io.outrider.engine;

import io.outrider.config.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does between two polls that found nothing, as its {@link WaitStrategy} says. Immutable, safe from any thread;
 * how many polls were in vain is the caller's to count.
 */
public final class IdlePolicy {
    /** What is done between two polls. */
    enum Step {
        SPIN,
        YIELD,
        SLEEP,
        BLOCK
    }

    private static final int SPINS = 1_000;
    /** A yield that does not help says that others want the processor; where it is the only one, the peer is among them. */
    private static final int YIELDS = 1;

    private static final int YIELDS_ON_ONE = 50;
    private static final int WAKE_YIELDS = 100;
    /** About as long as the hand-over to another thread takes that a yield may lead to. */
    private static final int SHORT_SPINS = 30;

    private static final int SHORT_YIELDS = 5;
    /** Who only spins lets others run once in so many polls, a power of two: the peer may be waiting for this very processor. */
    private static final int SPINS_PER_YIELD = 1 << 13;

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
        final boolean alone = processors < 2;
        this.strategy = strategy;
        this.spins = alone
                ? 0
                : switch (strategy) {
                    case SPIN -> Integer.MAX_VALUE;
                    case YIELD, BACKOFF -> SHORT_SPINS;
                    case ADAPTIVE -> SPINS;
                };
        this.yields = switch (strategy) {
            case SPIN, YIELD -> Integer.MAX_VALUE;
            case BACKOFF -> SHORT_YIELDS;
            case ADAPTIVE -> alone ? YIELDS_ON_ONE : YIELDS;
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
        switch (step(fruitless)) {
            case SPIN -> Thread.onSpinWait();
            case YIELD -> Thread.yield();
            case SLEEP ->
                LockSupport.parkNanos(this, MIN_PARK_NS << Math.min(fruitless - spins - yields, MAX_PARK_DOUBLINGS));
            case BLOCK -> {
                return false;
            }
        }
        return true;
    }

    /** What {@link #idle} does. */
    Step step(final int fruitless) {
        if (fruitless < spins) {
            return (fruitless & (SPINS_PER_YIELD - 1)) == SPINS_PER_YIELD - 1 ? Step.YIELD : Step.SPIN;
        }
        if (fruitless - spins < yields || yields == Integer.MAX_VALUE) {
            return Step.YIELD;
        }
        return strategy == WaitStrategy.BACKOFF ? Step.SLEEP : Step.BLOCK;
    }
}

package io.outrider.launcher.executor;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many restarts there may be in a sliding window of time. Not safe from several threads at once. */
public final class RestartBudget {
    private final int restarts;
    private final long windowNs;
    private final Deque<Long> spentAtNs = new ArrayDeque<>();

    /**
     * @param restarts how many
     * @param windowNs the window, in nanoseconds
     */
    public RestartBudget(final int restarts, final long windowNs) {
        this.restarts = restarts;
        this.windowNs = windowNs;
    }

    /** Takes one restart out of the budget; false if there is none left in this window. */
    public boolean trySpend(final long nowNs) {
        while (!spentAtNs.isEmpty() && nowNs - spentAtNs.getFirst() > windowNs) {
            spentAtNs.removeFirst();
        }
        if (spentAtNs.size() >= restarts) {
            return false;
        }
        spentAtNs.addLast(nowNs);
        return true;
    }

    /** How many were spent in the window that ended when it was last asked. */
    public int spent() {
        return spentAtNs.size();
    }
}

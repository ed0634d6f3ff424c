package io.outrider.manager.hosted;

import io.outrider.manager.port.SemaphorePort;
import io.outrider.worker.client.Client;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The state of a semaphore: how many permits there are, how many each client has, and who waits, in order. Nobody
 * overtakes.
 */
public final class HostedSemaphore extends Hosted implements SemaphorePort {
    private static final class PermitWaiter extends Waiter<Integer> {
        private final int permits;

        PermitWaiter(final Client client, final long thread, final int permits) {
            super(client, thread);
            this.permits = permits;
        }
    }

    private final boolean bounded;
    private final Map<Client, Integer> taken = new LinkedHashMap<>(); // who has had some for longest comes first
    private final Set<PermitWaiter> queue = new LinkedHashSet<>();
    private int available;
    private boolean broken;

    /**
     * @param permits at first
     * @param bounded whether there may never be more
     */
    public HostedSemaphore(final int permits, final boolean bounded) {
        this.available = permits;
        this.bounded = bounded;
    }

    @Override
    public synchronized boolean tryAcquire(final int permits) {
        final Client client = caller();
        if (!queue.isEmpty() || available < permits) {
            return false;
        }
        take(client, permits);
        return true;
    }

    private void take(final Client client, final int permits) {
        if (permits > 0) {
            available -= permits;
            taken.merge(client, permits, Integer::sum);
        }
    }

    @Override
    public CompletableFuture<Integer> acquire(final int permits, final long thread, final long timeoutNs) {
        final Client client = caller();
        synchronized (this) {
            if (tryAcquire(permits)) {
                return CompletableFuture.completedFuture(GRANTED);
            }
            if (timeoutNs <= 0) {
                return CompletableFuture.completedFuture(TIMED_OUT);
            }
            final PermitWaiter waiter = new PermitWaiter(client, thread, permits);
            enter(waiter, timeoutNs);
            queue.add(waiter);
            return waiter.outcome();
        }
    }

    @Override
    public void release(final int permits) {
        final Client client = caller();
        synchronized (this) {
            final int out = taken.values().stream().mapToInt(Integer::intValue).sum();
            if (bounded && permits > out) {
                throw new IllegalStateException(
                        permits + " permits are given back where " + out + " were taken, and the semaphore is bounded");
            }
            if (permits > Integer.MAX_VALUE - available) {
                throw new IllegalStateException("more than " + Integer.MAX_VALUE + " permits");
            }
            int left = permits - settleUpTo(client, permits);
            while (left > 0 && !taken.isEmpty()) {
                left -= settleUpTo(taken.keySet().iterator().next(), left);
            }
            available += permits;
            grant();
        }
        answer();
    }

    /** Takes permits off a client's account; returns how many, which is no more than it had. */
    private int settleUpTo(final Client client, final int permits) {
        final int had = taken.getOrDefault(client, 0);
        final int settled = Math.min(had, permits);
        if (settled == had) {
            taken.remove(client);
        } else {
            taken.put(client, had - settled);
        }
        return settled;
    }

    private void takeBack(final PermitWaiter waiter) {
        available += settleUpTo(waiter.client(), waiter.permits);
        grant();
    }

    private void grant() {
        for (final Iterator<PermitWaiter> next = queue.iterator(); next.hasNext(); ) {
            final PermitWaiter head = next.next();
            if (head.client().isLost()) { // it leaves in a moment
                continue;
            }
            if (head.permits > available) {
                return;
            }
            next.remove();
            take(head.client(), head.permits);
            grant(head, GRANTED, () -> takeBack(head));
        }
    }

    @Override
    void leave(final Waiter<?> waiter, final Leaving why) {
        final PermitWaiter left = (PermitWaiter) waiter;
        queue.remove(left);
        settle(left, why == Leaving.LATE ? TIMED_OUT : CANCELLED);
        grant();
    }

    @Override
    void release(final Client client) {
        final Integer had = taken.remove(client);
        if (had != null) {
            available += had;
            broken = true;
        }
        grant();
    }

    @Override
    public synchronized int drain() {
        final int all = available;
        take(caller(), all);
        return all;
    }

    @Override
    public synchronized int available() {
        return available;
    }

    @Override
    public synchronized boolean isBroken() {
        return broken;
    }

    @Override
    public synchronized void mend() {
        broken = false;
    }
}

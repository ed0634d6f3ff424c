package io.outrider.manager.hosted;

import io.outrider.api.RemoteCallable;
import io.outrider.manager.port.BarrierPort;
import io.outrider.worker.client.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The state of a barrier: who has come, and whether it is broken. */
public final class HostedBarrier extends Hosted implements BarrierPort {
    private static final class Arrival extends Waiter<Integer> {
        private final int missing;

        Arrival(final Client client, final long thread, final int missing) {
            super(client, thread);
            this.missing = missing;
        }
    }

    private final int parties;
    private final @Nullable RemoteCallable<?> action;
    private final List<Arrival> arrived = new ArrayList<>();
    private boolean broken;

    /**
     * @param parties how many must come
     * @param action runs when they have come, before they go on; null for none
     */
    public HostedBarrier(final int parties, final @Nullable RemoteCallable<?> action) {
        this.parties = parties;
        this.action = action;
    }

    @Override
    public CompletableFuture<Integer> await(final long thread, final long timeoutNs) {
        final Client client = caller();
        final CompletableFuture<Integer> outcome;
        synchronized (this) {
            if (broken) {
                return CompletableFuture.completedFuture(BROKEN);
            }
            final int missing = parties - 1 - arrived.size();
            if (missing == 0) {
                outcome = trip();
            } else if (timeoutNs <= 0) {
                breakFor();
                outcome = CompletableFuture.completedFuture(TIMED_OUT);
            } else {
                final Arrival arrival = new Arrival(client, thread, missing);
                enter(arrival, timeoutNs);
                arrived.add(arrival);
                return arrival.outcome();
            }
        }
        answer();
        return outcome;
    }

    /** The last one has come. */
    private CompletableFuture<Integer> trip() {
        try {
            if (action != null) {
                action.call();
            }
        } catch (final Throwable thrown) { // the user's: goes to the last one who came, the others find it broken
            breakFor();
            return CompletableFuture.failedFuture(thrown);
        }
        arrived.forEach(each -> settle(each, each.missing));
        arrived.clear();
        return CompletableFuture.completedFuture(0);
    }

    private void breakFor() {
        broken = true;
        arrived.forEach(each -> settle(each, BROKEN));
        arrived.clear();
    }

    @Override
    void leave(final Waiter<?> waiter, final Leaving why) {
        final Arrival left = (Arrival) waiter;
        arrived.remove(left);
        settle(left, why == Leaving.LATE ? TIMED_OUT : CANCELLED);
        breakFor();
    }

    @Override
    void release(final Client client) {
        // Who waited has left, and the barrier is broken by that.
    }

    @Override
    public int parties() {
        return parties;
    }

    @Override
    public synchronized int waiting() {
        return arrived.size();
    }

    @Override
    public synchronized boolean isBroken() {
        return broken;
    }

    @Override
    public void reset() {
        synchronized (this) {
            breakFor();
            broken = false;
        }
        answer();
    }
}

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
    private final Object turn = new Object(); // of those who come, as the mailbox has it for calls from outside
    private final List<Arrival> arrived = new ArrayList<>();
    private List<Arrival> leaving = List.of(); // all have come, and the action runs
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
        synchronized (turn) {
            final CompletableFuture<Integer> wait = arrive(caller(), thread, timeoutNs);
            answer();
            return wait == null ? trip() : wait;
        }
    }

    /** One comes, and waits if others are missing; null for the last. */
    private synchronized @Nullable CompletableFuture<Integer> arrive(
            final Client client, final long thread, final long timeoutNs) {
        if (broken) {
            return CompletableFuture.completedFuture(BROKEN);
        }
        final int missing = parties - 1 - arrived.size();
        if (missing == 0) {
            leaving = List.copyOf(arrived);
            leaving.forEach(Waiter::stopTimer);
            arrived.clear();
            return null;
        }
        if (timeoutNs <= 0) {
            breakFor();
            return CompletableFuture.completedFuture(TIMED_OUT);
        }
        final Arrival arrival = new Arrival(client, thread, missing);
        enter(arrival, timeoutNs);
        arrived.add(arrival);
        return arrival.outcome();
    }

    /** The last one has come. Without the monitor, since the action may take long. */
    private CompletableFuture<Integer> trip() {
        try {
            if (action != null) {
                action.call();
            }
            synchronized (this) {
                leaving.forEach(each -> settle(each, each.missing));
                leaving = List.of();
            }
            return CompletableFuture.completedFuture(0);
        } catch (final Throwable thrown) { // the user's: goes to the last one who came, the others find it broken
            synchronized (this) {
                breakFor();
            }
            return CompletableFuture.failedFuture(thrown);
        } finally {
            answer();
        }
    }

    private void breakFor() {
        broken = true;
        leaving.forEach(each -> settle(each, BROKEN));
        leaving = List.of();
        arrived.forEach(each -> settle(each, BROKEN));
        arrived.clear();
    }

    @Override
    void leave(final Waiter<?> waiter, final Leaving why) {
        final Arrival left = (Arrival) waiter;
        if (leaving.contains(left)) { // too late to break anything
            if (why == Leaving.LOST) {
                settle(left, CANCELLED);
            }
            return;
        }
        arrived.remove(left);
        settle(left, why == Leaving.LATE ? TIMED_OUT : CANCELLED);
        breakFor();
    }

    @Override
    boolean canCancel(final Waiter<?> waiter) {
        return !leaving.contains(waiter);
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
        synchronized (turn) {
            synchronized (this) {
                breakFor();
                broken = false;
            }
            answer();
        }
    }
}

package io.outrider.manager.hosted;

import io.outrider.manager.port.EventPort;
import io.outrider.worker.client.Client;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The state of an event: whether it is set, and who waits for that. */
public final class HostedEvent extends Hosted implements EventPort {
    private static final class EventWaiter extends Waiter<Integer> {
        EventWaiter(final Client client, final long thread) {
            super(client, thread);
        }
    }

    private final Set<EventWaiter> waiters = new LinkedHashSet<>();
    private boolean set;

    @Override
    public void set() {
        synchronized (this) {
            set = true;
            waiters.forEach(waiter -> settle(waiter, SET));
            waiters.clear();
        }
        answer();
    }

    @Override
    public synchronized void clear() {
        set = false;
    }

    @Override
    public synchronized boolean isSet() {
        return set;
    }

    @Override
    public synchronized int waiting() {
        return waiters.size();
    }

    @Override
    public synchronized CompletableFuture<Integer> await(final long thread, final long timeoutNs) {
        if (set) {
            return CompletableFuture.completedFuture(SET);
        }
        if (timeoutNs <= 0) {
            return CompletableFuture.completedFuture(TIMED_OUT);
        }
        final EventWaiter waiter = new EventWaiter(caller(), thread);
        enter(waiter, timeoutNs);
        waiters.add(waiter);
        return waiter.outcome();
    }

    @Override
    void leave(final Waiter<?> waiter, final Leaving why) {
        final EventWaiter left = (EventWaiter) waiter;
        waiters.remove(left);
        settle(left, why == Leaving.LATE ? TIMED_OUT : CANCELLED);
    }

    @Override
    void release(final Client client) {
        // An event is held by nobody.
    }
}

package io.outrider.manager.hosted;

import io.outrider.manager.port.LockPort;
import io.outrider.worker.client.Client;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The state of a lock: one writer or several readers, and those who wait, in the order in which they came. Who gives
 * the lock up hands it to the next. Nobody overtakes, except that who holds it already may take it again.
 */
public final class HostedLock extends Hosted implements LockPort {
    /** A thread of a client, as a reader. */
    private record Holder(Client client, long thread) {}

    /** Waits for the lock; or for a condition first, and then {@code condition} is where. */
    private static final class LockWaiter extends Waiter<Integer> {
        private final boolean shared;
        private final int holds;
        private @Nullable Set<LockWaiter> condition;
        private int outcome = GRANTED;
        private boolean mustHaveLock;

        LockWaiter(final Client client, final long thread, final boolean shared, final int holds) {
            super(client, thread);
            this.shared = shared;
            this.holds = holds;
        }
    }

    private final boolean reentrant;
    private final Map<Holder, Integer> readers = new HashMap<>();
    private final Set<LockWaiter> queue = new LinkedHashSet<>();
    private final List<Set<LockWaiter>> conditions = new ArrayList<>();
    private @Nullable Client writer;
    private long writerThread;
    private int holds; // of the writer
    private boolean broken;

    /** @param reentrant whether a holder may take it again */
    public HostedLock(final boolean reentrant) {
        this.reentrant = reentrant;
    }

    @Override
    public synchronized boolean tryLock(final boolean shared, final long thread) {
        final Client client = caller();
        return tryTake(shared, client, thread, 1);
    }

    private boolean tryTake(final boolean shared, final Client client, final long thread, final int count) {
        if (isWriter(client, thread)) {
            if (!reentrant) {
                return false;
            }
            take(shared, client, thread, count);
            return true;
        }
        final boolean again = shared && !readers.isEmpty() && readers.containsKey(new Holder(client, thread));
        final boolean free = writer == null && (shared || readers.isEmpty()) && queue.isEmpty();
        if (again || free) {
            take(shared, client, thread, count);
            return true;
        }
        return false;
    }

    private void take(final boolean shared, final Client client, final long thread, final int count) {
        if (shared) {
            readers.merge(new Holder(client, thread), count, Integer::sum);
        } else {
            writer = client;
            writerThread = thread;
            holds += count;
        }
    }

    private boolean isWriter(final Client client, final long thread) {
        return writer == client && writerThread == thread;
    }

    @Override
    public CompletableFuture<Integer> lock(final boolean shared, final long thread, final long timeoutNs) {
        final Client client = caller();
        synchronized (this) {
            if (tryTake(shared, client, thread, 1)) {
                return CompletableFuture.completedFuture(GRANTED);
            }
            if (isWriter(client, thread)) {
                throw new IllegalMonitorStateException("this thread holds the lock, which is not reentrant");
            }
            if (!shared && readers.containsKey(new Holder(client, thread))) {
                throw new IllegalMonitorStateException(
                        "this thread holds the lock to read: let that go before writing");
            }
            if (timeoutNs <= 0) {
                return CompletableFuture.completedFuture(TIMED_OUT);
            }
            final LockWaiter waiter = new LockWaiter(client, thread, shared, 1);
            enter(waiter, timeoutNs);
            queue.add(waiter);
            return waiter.outcome();
        }
    }

    @Override
    public void unlock(final boolean shared, final long thread) {
        final Client client = caller();
        synchronized (this) {
            if (shared) {
                final Holder holder = new Holder(client, thread);
                if (!readers.containsKey(holder)) {
                    throw notHeld("hold the lock to read");
                }
                readers.computeIfPresent(holder, (who, count) -> count == 1 ? null : count - 1);
            } else {
                requireWriter(client, thread);
                if (--holds > 0) {
                    return;
                }
                writer = null;
            }
            grant();
        }
        answer();
    }

    private void requireWriter(final Client client, final long thread) {
        if (!isWriter(client, thread)) {
            throw notHeld(readers.isEmpty() ? "hold the lock" : "hold the lock to write");
        }
    }

    private IllegalMonitorStateException notHeld(final String what) {
        final String holder;
        if (writer != null) {
            holder = "thread " + writerThread + " of " + writer + " does";
        } else {
            holder = readers.isEmpty() ? "nobody does" : readers.size() + " threads hold it to read";
        }
        return new IllegalMonitorStateException("this thread does not " + what + ": " + holder);
    }

    /** Hands the lock to whoever can have it, from the head of the queue on. */
    private void grant() {
        for (final Iterator<LockWaiter> next = queue.iterator(); next.hasNext(); ) {
            final LockWaiter head = next.next();
            if (head.client().isLost()) { // it leaves in a moment
                continue;
            }
            if (writer != null || (!head.shared && !readers.isEmpty())) {
                return;
            }
            next.remove();
            take(head.shared, head.client(), head.thread(), head.holds);
            grant(head, head.outcome, () -> takeBack(head));
        }
    }

    private void takeBack(final LockWaiter waiter) {
        if (waiter.shared) {
            readers.computeIfPresent(
                    new Holder(waiter.client(), waiter.thread()),
                    (who, count) -> count == waiter.holds ? null : count - waiter.holds);
        } else if (isWriter(waiter.client(), waiter.thread())) {
            writer = null;
            holds = 0;
        }
        grant();
    }

    @Override
    public synchronized int newCondition() {
        conditions.add(new LinkedHashSet<>());
        return conditions.size() - 1;
    }

    private Set<LockWaiter> condition(final int number) {
        Objects.checkIndex(number, conditions.size());
        return conditions.get(number);
    }

    @Override
    public CompletableFuture<Integer> await(final int condition, final long thread, final long timeoutNs) {
        final Client client = caller();
        final LockWaiter waiter;
        synchronized (this) {
            requireWriter(client, thread);
            waiter = new LockWaiter(client, thread, false, holds);
            waiter.condition = condition(condition);
            waiter.mustHaveLock = true;
            enter(waiter, Math.max(0, timeoutNs));
            condition(condition).add(waiter);
            holds = 0;
            writer = null;
            grant();
        }
        answer();
        return waiter.outcome();
    }

    @Override
    public void signal(final int condition, final long thread, final boolean all) {
        final Client client = caller();
        synchronized (this) {
            requireWriter(client, thread);
            final Set<LockWaiter> room = condition(condition);
            for (final LockWaiter each : List.copyOf(room)) {
                queueAgain(each, GRANTED);
                if (!all) {
                    break;
                }
            }
        } // the lock is still held, so nobody gets it now
    }

    /** From the condition to the lock: whatever ended the wait, its outcome comes with the lock. */
    private void queueAgain(final LockWaiter waiter, final int outcome) {
        final Set<LockWaiter> room = waiter.condition;
        if (room != null) {
            room.remove(waiter);
            waiter.condition = null;
            waiter.outcome = outcome;
            waiter.stopTimer();
            queue.add(waiter);
        }
    }

    @Override
    void leave(final Waiter<?> left, final Leaving why) {
        final LockWaiter waiter = (LockWaiter) left;
        final int outcome = why == Leaving.LATE ? TIMED_OUT : CANCELLED;
        if (why == Leaving.LOST) {
            if (waiter.condition != null) {
                waiter.condition.remove(waiter);
            }
            queue.remove(waiter);
            settle(waiter, outcome);
        } else if (waiter.condition != null) {
            queueAgain(waiter, outcome);
        } else if (!waiter.mustHaveLock) {
            queue.remove(waiter);
            settle(waiter, outcome);
        }
        grant(); // readers may have waited behind a writer that left
    }

    @Override
    boolean canCancel(final Waiter<?> waiter) {
        final LockWaiter mine = (LockWaiter) waiter;
        return mine.condition != null || !mine.mustHaveLock;
    }

    @Override
    void release(final Client client) {
        if (writer == client) {
            writer = null;
            holds = 0;
            broken = true;
        }
        if (readers.keySet().removeIf(holder -> holder.client() == client)) {
            broken = true;
        }
        grant();
    }

    @Override
    public synchronized boolean isLocked() {
        return writer != null;
    }

    @Override
    public synchronized int holds(final boolean shared, final long thread) {
        final Client client = caller();
        if (shared) {
            return readers.getOrDefault(new Holder(client, thread), 0);
        }
        return isWriter(client, thread) ? holds : 0;
    }

    @Override
    public synchronized int readers() {
        return count(readers.values());
    }

    private static int count(final Collection<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public synchronized boolean isBroken() {
        return broken;
    }

    @Override
    public void mend(final long thread) {
        final Client client = caller();
        synchronized (this) {
            requireWriter(client, thread);
            broken = false;
        }
    }
}

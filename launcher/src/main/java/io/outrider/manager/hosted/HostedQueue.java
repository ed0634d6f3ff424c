package io.outrider.manager.hosted;

import io.outrider.manager.port.QueuePort;
import io.outrider.worker.client.Client;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The state of a queue: its elements, who waits for one, for room, or for the end of the work; and what each client
 * took and has not said to be done. Who waits for an element is handed it.
 */
public final class HostedQueue extends Hosted implements QueuePort {
    private record Node(long id, Object element) {}

    private static final class Taker extends Waiter<@Nullable Object> {
        Taker(final Client client, final long thread) {
            super(client, thread);
        }
    }

    private static final class Putter extends Waiter<Integer> {
        private final Object element;

        Putter(final Client client, final long thread, final Object element) {
            super(client, thread);
            this.element = element;
        }
    }

    private static final class Joiner extends Waiter<Integer> {
        Joiner(final Client client, final long thread) {
            super(client, thread);
        }
    }

    private final int capacity;
    private final Deque<Node> nodes = new ArrayDeque<>();
    private final Set<Taker> takers = new LinkedHashSet<>(); // of living clients, only while there are no nodes
    private final Set<Putter> putters = new LinkedHashSet<>(); // not empty only if there is no room
    private final Set<Joiner> joiners = new LinkedHashSet<>();
    private final Map<Client, Integer> owed = new LinkedHashMap<>(); // who has owed for longest comes first
    private long nextId;
    private int unfinished;
    private boolean broken;

    /** @param capacity how many elements there may be */
    public HostedQueue(final int capacity) {
        this.capacity = capacity;
    }

    @Override
    public boolean offer(final Object element) {
        final boolean added;
        synchronized (this) {
            added = tryAdd(element);
        }
        answer();
        return added;
    }

    @Override
    public int offerAll(final Object[] elements) {
        int added = 0;
        synchronized (this) {
            while (added < elements.length && tryAdd(elements[added])) {
                added++;
            }
        }
        answer();
        return added;
    }

    private boolean tryAdd(final Object element) {
        if (nodes.size() >= capacity) {
            return false;
        }
        unfinished++;
        if (!hand(element)) {
            nodes.add(new Node(nextId++, element));
        }
        return true;
    }

    private boolean hand(final Object element) {
        final Taker taker = firstTaker();
        if (taker == null) {
            return false;
        }
        takers.remove(taker);
        owe(taker.client());
        grant(taker, element, () -> takeBack(taker.client(), element));
        return true;
    }

    /** Whoever was handed it did not take it: it is the head again, even if there is no room. */
    private void takeBack(final Client client, final Object element) {
        owed.computeIfPresent(client, (who, count) -> count == 1 ? null : count - 1);
        if (!hand(element)) {
            nodes.addFirst(new Node(nextId++, element));
        }
    }

    /** Of those who wait; one whose client is lost leaves in a moment, and would take an element with it. */
    private @Nullable Taker firstTaker() {
        return takers.stream()
                .filter(taker -> !taker.client().isLost())
                .findFirst()
                .orElse(null);
    }

    private static <W> @Nullable W first(final Set<W> waiters) {
        return waiters.isEmpty() ? null : waiters.iterator().next();
    }

    @Override
    public CompletableFuture<Integer> put(final Object element, final long thread, final long timeoutNs) {
        final Client client = caller();
        synchronized (this) {
            if (!tryAdd(element)) {
                if (timeoutNs <= 0) {
                    return CompletableFuture.completedFuture(TIMED_OUT);
                }
                final Putter putter = new Putter(client, thread, element);
                enter(putter, timeoutNs);
                putters.add(putter);
                return putter.outcome();
            }
        }
        answer();
        return CompletableFuture.completedFuture(GRANTED);
    }

    @Override
    public @Nullable Object poll() {
        final Client client = caller();
        final Object element;
        synchronized (this) {
            element = tryTake(client);
        }
        answer();
        return element;
    }

    private @Nullable Object tryTake(final Client client) {
        final Node head = nodes.poll();
        if (head == null) {
            return null;
        }
        owe(client);
        fill();
        return head.element();
    }

    /** There is room: lets those in who wait for it. */
    private void fill() {
        for (Putter putter = first(putters); putter != null && nodes.size() < capacity; putter = first(putters)) {
            putters.remove(putter);
            tryAdd(putter.element);
            settle(putter, GRANTED);
        }
    }

    @Override
    public CompletableFuture<@Nullable Object> take(final long thread, final long timeoutNs) {
        final Client client = caller();
        final Object element;
        synchronized (this) {
            element = tryTake(client);
            if (element == null && timeoutNs > 0) {
                final Taker taker = new Taker(client, thread);
                enter(taker, timeoutNs);
                takers.add(taker);
                return taker.outcome();
            }
        }
        answer();
        return CompletableFuture.completedFuture(element);
    }

    @Override
    public Object[] drain(final int max) {
        final Client client = caller();
        final Object[] taken;
        synchronized (this) {
            taken = new Object[Math.min(max, nodes.size())];
            for (int i = 0; i < taken.length; i++) {
                taken[i] = nodes.remove().element();
                owe(client);
            }
            fill();
        }
        answer();
        return taken;
    }

    @Override
    public synchronized @Nullable Object peek() {
        final Node head = nodes.peek();
        return head == null ? null : head.element();
    }

    @Override
    public synchronized int size() {
        return nodes.size();
    }

    @Override
    public synchronized int remaining() {
        return capacity == Integer.MAX_VALUE ? capacity : capacity - nodes.size();
    }

    @Override
    public synchronized boolean contains(final Object element) {
        return nodes.stream().anyMatch(node -> node.element().equals(element));
    }

    @Override
    public boolean remove(final Object element) {
        boolean removed = false;
        synchronized (this) {
            for (final Iterator<Node> each = nodes.iterator(); each.hasNext() && !removed; ) {
                if (each.next().element().equals(element)) {
                    each.remove();
                    removed = true;
                }
            }
            finish(removed ? 1 : 0);
            fill();
        }
        answer();
        return removed;
    }

    @Override
    public void removeById(final long id) {
        synchronized (this) {
            finish(nodes.removeIf(node -> node.id() == id) ? 1 : 0);
            fill();
        }
        answer();
    }

    @Override
    public void clear() {
        synchronized (this) {
            final int count = nodes.size();
            nodes.clear();
            finish(count);
            fill();
        }
        answer();
    }

    @Override
    public synchronized Content content() {
        return new Content(
                nodes.stream().mapToLong(Node::id).toArray(),
                nodes.stream().map(Node::element).toArray());
    }

    private void owe(final Client client) {
        owed.merge(client, 1, Integer::sum);
    }

    @Override
    public void taskDone() {
        final Client client = caller();
        synchronized (this) {
            final Client debtor = owed.containsKey(client) ? client : first(owed.keySet());
            if (debtor == null) {
                throw new IllegalStateException("all that was taken is done");
            }
            owed.computeIfPresent(debtor, (who, count) -> count == 1 ? null : count - 1);
            finish(1);
        }
        answer();
    }

    private void finish(final int count) {
        unfinished -= count;
        if (unfinished == 0) {
            joiners.forEach(joiner -> settle(joiner, GRANTED));
            joiners.clear();
        }
    }

    @Override
    public synchronized CompletableFuture<Integer> join(final long thread, final long timeoutNs) {
        if (unfinished == 0) {
            return CompletableFuture.completedFuture(GRANTED);
        }
        if (timeoutNs <= 0) {
            return CompletableFuture.completedFuture(TIMED_OUT);
        }
        final Joiner joiner = new Joiner(caller(), thread);
        enter(joiner, timeoutNs);
        joiners.add(joiner);
        return joiner.outcome();
    }

    @Override
    @SuppressWarnings("NullAway") // does not see that a taker's outcome may be null
    void leave(final Waiter<?> waiter, final Leaving why) {
        if (waiter instanceof Taker taker) {
            takers.remove(taker);
            settle(taker, null);
            return;
        }
        final int outcome = why == Leaving.LATE ? TIMED_OUT : CANCELLED;
        if (waiter instanceof Putter putter) {
            putters.remove(putter);
            settle(putter, outcome);
        } else if (waiter instanceof Joiner joiner) {
            joiners.remove(joiner);
            settle(joiner, outcome);
        }
    }

    @Override
    void release(final Client client) {
        final Integer lost = owed.remove(client);
        if (lost != null) {
            broken = true;
            finish(lost);
        }
    }

    @Override
    public synchronized int unfinished() {
        return unfinished;
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

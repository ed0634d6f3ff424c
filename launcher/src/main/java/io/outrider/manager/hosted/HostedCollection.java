package io.outrider.manager.hosted;

import io.outrider.api.function.RemotePredicate;
import io.outrider.manager.port.CollectionPort;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A collection of the JDK behind one lock, with a count of its changes.
 *
 * @param <C> which
 */
abstract class HostedCollection<C extends Collection<@Nullable Object>> implements CollectionPort {
    /** Guarded by this. */
    final C elements;

    private long version; // guarded by this

    HostedCollection(final C elements) {
        this.elements = elements;
    }

    /** With the lock: a change was made, or something that may be one. */
    final void changed() {
        version++;
    }

    private boolean changedIf(final boolean change) {
        version += change ? 1 : 0;
        return change;
    }

    /** To look up in: elements that were sent need not be of a kind that is fast at that. */
    private static Set<@Nullable Object> setOf(final @Nullable Object[] elements) {
        return new HashSet<>(Arrays.asList(elements));
    }

    @Override
    public synchronized int size() {
        return elements.size();
    }

    @Override
    public synchronized boolean contains(final @Nullable Object element) {
        return elements.contains(element);
    }

    @Override
    public synchronized boolean containsAll(final @Nullable Object[] sought) {
        return elements.containsAll(Arrays.asList(sought));
    }

    @Override
    public synchronized boolean add(final @Nullable Object element) {
        return changedIf(elements.add(element));
    }

    @Override
    public synchronized boolean addAll(final @Nullable Object[] added) {
        return changedIf(elements.addAll(Arrays.asList(added)));
    }

    @Override
    public synchronized boolean remove(final @Nullable Object element) {
        return changedIf(elements.remove(element));
    }

    @Override
    public synchronized boolean removeAll(final @Nullable Object[] removed) {
        return changedIf(elements.removeAll(setOf(removed)));
    }

    @Override
    public synchronized boolean retainAll(final @Nullable Object[] retained) {
        return changedIf(elements.retainAll(setOf(retained)));
    }

    @Override
    public synchronized boolean removeIf(final RemotePredicate<@Nullable Object> predicate) {
        return changedIf(elements.removeIf(predicate));
    }

    @Override
    public synchronized void clear() {
        elements.clear();
        changed();
    }

    @Override
    public synchronized @Nullable Object[] elements() {
        return elements.toArray();
    }

    @Override
    public synchronized Content content() {
        return new Content(version, elements.toArray());
    }

    @Override
    public synchronized boolean replaceContent(final long expected, final @Nullable Object[] replacement) {
        if (version != expected) {
            return false;
        }
        elements.clear();
        elements.addAll(Arrays.asList(replacement));
        changed();
        return true;
    }
}

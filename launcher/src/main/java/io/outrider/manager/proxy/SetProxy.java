package io.outrider.manager.proxy;

import io.outrider.manager.SharedSet;
import io.outrider.manager.port.CollectionPort;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set.
 *
 * @param <E> elements
 */
@SuppressWarnings("unchecked") // the port gives what was put by those who have the same type
final class SetProxy<E extends @Nullable Object> extends AbstractSet<E> implements SharedSet<E>, Ported {
    private static final long serialVersionUID = 1L;

    private final CollectionPort port;

    SetProxy(final CollectionPort port) {
        this.port = port;
    }

    @Override
    public Object port() {
        return port;
    }

    @Override
    public int size() {
        return port.size();
    }

    @Override
    public boolean contains(final @Nullable Object element) {
        return port.contains(element);
    }

    @Override
    public boolean containsAll(final Collection<?> sought) {
        return port.containsAll(sought.toArray());
    }

    @Override
    public boolean add(final E element) {
        return port.add(element);
    }

    @Override
    public boolean addAll(final Collection<? extends E> added) {
        return port.addAll(added.toArray());
    }

    @Override
    public boolean remove(final @Nullable Object element) {
        return port.remove(element);
    }

    @Override
    public boolean removeAll(final Collection<?> removed) {
        return port.removeAll(removed.toArray());
    }

    @Override
    public boolean retainAll(final Collection<?> retained) {
        return port.retainAll(retained.toArray());
    }

    @Override
    public boolean removeIf(final Predicate<? super E> predicate) {
        Objects.requireNonNull(predicate);
        return Sendable.isSendable(predicate)
                ? Thrown.by(() -> port.removeIf(Sendable.predicate(predicate)))
                : super.removeIf(predicate);
    }

    @Override
    public void clear() {
        port.clear();
    }

    @Override
    public Object[] toArray() {
        return port.elements();
    }

    @Override
    public <T extends @Nullable Object> T[] toArray(final T[] target) {
        return snapshot().toArray(target);
    }

    @Override
    public Set<E> snapshot() {
        return (Set<E>) new LinkedHashSet<>(Arrays.asList(port.elements()));
    }

    @Override
    public Spliterator<E> spliterator() {
        return snapshot().spliterator();
    }

    @Override
    public Iterator<E> iterator() {
        return new CopyIterator<>(port);
    }

    @Override
    public boolean equals(final @Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof Set<?> set
                && snapshot().equals(set instanceof SharedSet<?> shared ? shared.snapshot() : set);
    }

    @Override
    public int hashCode() {
        return snapshot().hashCode();
    }

    @Override
    public String toString() {
        return snapshot().toString();
    }

    /** Goes over a copy, and removes from the set itself. */
    private static final class CopyIterator<E extends @Nullable Object> implements Iterator<E> {
        private final CollectionPort port;
        private final @Nullable Object[] elements;
        private int next;
        private boolean removable;

        CopyIterator(final CollectionPort port) {
            this.port = port;
            this.elements = port.elements();
        }

        @Override
        public boolean hasNext() {
            return next < elements.length;
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            removable = true;
            return (E) elements[next++];
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException("next() comes before remove(), each time");
            }
            removable = false;
            port.remove(elements[next - 1]);
        }
    }
}

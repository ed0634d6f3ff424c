package io.outrider.manager.proxy;

import io.outrider.error.RemoteCallException;
import io.outrider.manager.SharedList;
import io.outrider.manager.port.CollectionPort;
import io.outrider.manager.port.ListPort;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param <E> elements
 */
@SuppressWarnings({"unchecked", "NullAway"}) // the port gives what was put by those who have the same type
final class ListProxy<E extends @Nullable Object> extends AbstractList<E> implements SharedList<E>, Ported {
    private static final long serialVersionUID = 1L;

    private final ListPort port;

    ListProxy(final ListPort port) {
        this.port = port;
    }

    @Override
    public ListPort port() {
        return port;
    }

    @Override
    public E get(final int index) {
        try {
            return (E) port.get(index);
        } catch (final RemoteCallException failure) {
            throw Thrown.in(failure);
        }
    }

    @Override
    public E set(final int index, final E element) {
        try {
            return (E) port.set(index, element);
        } catch (final RemoteCallException failure) {
            throw Thrown.in(failure);
        }
    }

    @Override
    public boolean add(final E element) {
        return port.add(element);
    }

    @Override
    public void add(final int index, final E element) {
        Thrown.by(() -> port.insert(index, element));
    }

    @Override
    public boolean addAll(final Collection<? extends E> added) {
        return port.addAll(added.toArray());
    }

    @Override
    public boolean addAll(final int index, final Collection<? extends E> added) {
        return Thrown.by(() -> port.insertAll(index, added.toArray()));
    }

    @Override
    public E remove(final int index) {
        return (E) Thrown.by(() -> port.removeAt(index));
    }

    @Override
    public boolean remove(final @Nullable Object element) {
        return port.remove(element);
    }

    @Override
    protected void removeRange(final int from, final int to) {
        Thrown.by(() -> port.removeRange(from, to));
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
    public void clear() {
        port.clear();
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
    public int indexOf(final @Nullable Object element) {
        return port.indexOf(element);
    }

    @Override
    public int lastIndexOf(final @Nullable Object element) {
        return port.lastIndexOf(element);
    }

    @Override
    public boolean removeIf(final Predicate<? super E> predicate) {
        Objects.requireNonNull(predicate);
        return Sendable.isSendable(predicate)
                ? Thrown.by(() -> port.removeIf(Sendable.predicate(predicate)))
                : changeHere(copy -> copy.removeIf(predicate));
    }

    @Override
    public void replaceAll(final UnaryOperator<E> operator) {
        Objects.requireNonNull(operator);
        if (Sendable.isSendable(operator)) {
            Thrown.by(() -> port.replaceAll(Sendable.operator(operator)));
        } else {
            changeHere(copy -> {
                copy.replaceAll(operator);
                return true;
            });
        }
    }

    @Override
    public void sort(final @Nullable Comparator<? super E> comparator) {
        if (Sendable.isSendable(comparator)) {
            Thrown.by(() -> port.sort((Comparator<@Nullable Object>) comparator));
        } else {
            changeHere(copy -> {
                copy.sort(comparator);
                return true;
            });
        }
    }

    /** Changes a copy and puts it in the place of the content, again until nobody changed that meanwhile. */
    private boolean changeHere(final Function<List<E>, Boolean> change) {
        while (true) {
            final CollectionPort.Content content = port.content();
            final List<E> copy = (List<E>) new ArrayList<>(Arrays.asList(content.elements()));
            if (!change.apply(copy)) {
                return false;
            }
            if (port.replaceContent(content.version(), copy.toArray())) {
                return true;
            }
        }
    }

    @Override
    public void forEach(final Consumer<? super E> consumer) {
        snapshot().forEach(consumer);
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
    public List<E> snapshot() {
        return (List<E>) new ArrayList<>(Arrays.asList(port.elements()));
    }

    @Override
    public Spliterator<E> spliterator() {
        return snapshot().spliterator();
    }

    @Override
    public Iterator<E> iterator() {
        return new ListProxyIterator<>(this, 0);
    }

    @Override
    public ListIterator<E> listIterator(final int index) {
        if (index != 0) {
            Objects.checkIndex(index, size() + 1);
        }
        return new ListProxyIterator<>(this, index);
    }

    @Override
    public boolean equals(final @Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof List<?> list
                && snapshot().equals(list instanceof SharedList<?> shared ? shared.snapshot() : list);
    }

    @Override
    public int hashCode() {
        return snapshot().hashCode();
    }

    @Override
    public String toString() {
        return snapshot().toString();
    }
}

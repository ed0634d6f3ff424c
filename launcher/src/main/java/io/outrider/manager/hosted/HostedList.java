package io.outrider.manager.hosted;

import io.outrider.api.function.RemoteUnaryOperator;
import io.outrider.manager.port.ListPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A list, which is an {@link ArrayList} behind one lock. */
public final class HostedList extends HostedCollection<ArrayList<@Nullable Object>> implements ListPort {
    /** Makes an empty one. */
    public HostedList() {
        super(new ArrayList<>());
    }

    @Override
    public synchronized @Nullable Object get(final int index) {
        return elements.get(index);
    }

    @Override
    public synchronized @Nullable Object[] at(final int index) {
        return index < elements.size() ? new @Nullable Object[] {elements.get(index)} : new Object[0];
    }

    @Override
    public synchronized @Nullable Object set(final int index, final @Nullable Object element) {
        final Object old = elements.set(index, element);
        changed();
        return old;
    }

    @Override
    public synchronized void insert(final int index, final @Nullable Object element) {
        elements.add(index, element);
        changed();
    }

    @Override
    public synchronized boolean insertAll(final int index, final @Nullable Object[] added) {
        changed();
        return elements.addAll(index, Arrays.asList(added));
    }

    @Override
    public synchronized @Nullable Object removeAt(final int index) {
        final Object removed = elements.remove(index);
        changed();
        return removed;
    }

    @Override
    public synchronized void removeRange(final int from, final int to) {
        elements.subList(from, to).clear();
        changed();
    }

    @Override
    public synchronized int indexOf(final @Nullable Object element) {
        return elements.indexOf(element);
    }

    @Override
    public synchronized int lastIndexOf(final @Nullable Object element) {
        return elements.lastIndexOf(element);
    }

    @Override
    public synchronized void replaceAll(final RemoteUnaryOperator<@Nullable Object> operator) {
        changed();
        elements.replaceAll(operator);
    }

    @Override
    public synchronized void sort(final @Nullable Comparator<@Nullable Object> comparator) {
        changed();
        elements.sort(comparator);
    }
}

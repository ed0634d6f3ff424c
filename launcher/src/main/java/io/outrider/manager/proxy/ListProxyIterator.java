package io.outrider.manager.proxy;

import java.util.ListIterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a list by index, and so shows changes as they are made. Fetches an element when it is asked whether there
 * is one. For one thread.
 *
 * @param <E> elements
 */
@SuppressWarnings("unchecked") // the port gives what was put by those who have the same type
final class ListProxyIterator<E extends @Nullable Object> implements ListIterator<E> {
    private static final int NONE = -1;

    private final ListProxy<E> list;
    private int cursor;
    private int last = NONE;
    private @Nullable Object @Nullable [] ahead; // what is at the cursor, if it was asked for; empty at the end

    ListProxyIterator(final ListProxy<E> list, final int cursor) {
        this.list = list;
        this.cursor = cursor;
    }

    @Override
    public boolean hasNext() {
        return ahead().length > 0;
    }

    private @Nullable Object[] ahead() {
        @Nullable Object[] fetched = ahead;
        if (fetched == null) {
            fetched = list.port().at(cursor);
            ahead = fetched.length > 0 ? fetched : null; // the list may grow
        }
        return fetched;
    }

    @Override
    public E next() {
        final @Nullable Object[] fetched = ahead();
        if (fetched.length == 0) {
            throw new NoSuchElementException();
        }
        moveTo(cursor + 1, cursor);
        return (E) fetched[0];
    }

    private void moveTo(final int next, final int passed) {
        cursor = next;
        last = passed;
        ahead = null;
    }

    @Override
    public boolean hasPrevious() {
        return cursor > 0;
    }

    @Override
    public E previous() {
        if (cursor == 0) {
            throw new NoSuchElementException();
        }
        final @Nullable Object[] fetched = list.port().at(cursor - 1);
        if (fetched.length == 0) {
            throw new NoSuchElementException("the list has become shorter");
        }
        moveTo(cursor - 1, cursor - 1);
        return (E) fetched[0];
    }

    @Override
    public int nextIndex() {
        return cursor;
    }

    @Override
    public int previousIndex() {
        return cursor - 1;
    }

    private int requireLast() {
        if (last == NONE) {
            throw new IllegalStateException("next() or previous() comes before that, each time");
        }
        return last;
    }

    @Override
    public void remove() {
        final int index = requireLast();
        list.remove(index);
        moveTo(index, NONE);
    }

    @Override
    public void set(final E element) {
        list.set(requireLast(), element);
        ahead = null;
    }

    @Override
    public void add(final E element) {
        list.add(cursor, element);
        moveTo(cursor + 1, NONE);
    }
}

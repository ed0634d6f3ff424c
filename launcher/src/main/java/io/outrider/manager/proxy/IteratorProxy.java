package io.outrider.manager.proxy;

import io.outrider.manager.SharedIterator;
import io.outrider.manager.port.IteratorPort;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An iterator, a batch at a time. For one thread.
 *
 * @param <E> elements
 */
@SuppressWarnings("unchecked") // the port gives what the iterator gives
final class IteratorProxy<E extends @Nullable Object> extends Proxy<IteratorPort> implements SharedIterator<E> {
    private static final long serialVersionUID = 1L;

    private final int batchSize;
    /** Taken ahead here, so it stays here: an iterator that was sent begins with nothing. */
    private transient @Nullable Object @Nullable [] batch;

    private transient int next;

    IteratorProxy(final IteratorPort port, final int batchSize) {
        super(port);
        this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
        return batch().length > next; // in this order: a new batch begins at its start
    }

    private @Nullable Object[] batch() {
        @Nullable Object[] elements = batch;
        if (elements == null || next == elements.length) {
            elements = Thrown.by(() -> port.next(batchSize));
            batch = elements;
            next = 0;
        }
        return elements;
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return (E) batch()[next++];
    }
}

package io.outrider.manager.proxy;

import io.outrider.manager.port.IteratorPort;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An iterator, a batch at a time. For one thread.
 *
 * @param <E> elements
 */
@SuppressWarnings("unchecked") // the port gives what the iterator gives
final class IteratorProxy<E extends @Nullable Object> extends Proxy<IteratorPort> implements Iterator<E> {
    private static final long serialVersionUID = 1L;

    private final int batchSize;
    private @Nullable Object[] batch = new Object[0];
    private int next;

    IteratorProxy(final IteratorPort port, final int batchSize) {
        super(port);
        this.batchSize = batchSize;
    }

    @Override
    public boolean hasNext() {
        if (next == batch.length) {
            batch = Thrown.by(() -> port.next(batchSize));
            next = 0;
        }
        return next < batch.length;
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return (E) batch[next++];
    }
}

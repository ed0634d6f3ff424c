package io.outrider.manager.hosted;

import io.outrider.manager.port.IteratorPort;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An iterator of the user's. */
public final class HostedIterator implements IteratorPort {
    private final Iterator<? extends @Nullable Object> iterator;
    private @Nullable RuntimeException failure; // after elements that were taken before it

    /** @param iterator runs here */
    public HostedIterator(final Iterator<? extends @Nullable Object> iterator) {
        this.iterator = iterator;
    }

    @Override
    public synchronized @Nullable Object[] next(final int max) {
        final List<@Nullable Object> batch = new ArrayList<>();
        try {
            while (failure == null && batch.size() < max && iterator.hasNext()) {
                batch.add(iterator.next());
            }
        } catch (final RuntimeException thrown) {
            failure = thrown;
        }
        if (failure != null && batch.isEmpty()) {
            throw failure;
        }
        return batch.toArray();
    }
}

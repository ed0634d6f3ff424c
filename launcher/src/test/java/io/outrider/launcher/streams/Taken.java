package io.outrider.launcher.streams;

import java.util.Iterator;

/** Values without end that a worker pulls, and how far it did. */
final class Taken implements Iterator<Integer>, AutoCloseable {
    private volatile int produced;
    private volatile int closed;

    int produced() {
        return produced;
    }

    int closed() {
        return closed;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread at a time
    public Integer next() {
        return produced++;
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread at a time
    public void close() {
        closed++;
    }
}

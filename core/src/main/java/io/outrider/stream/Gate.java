package io.outrider.stream;

import java.util.concurrent.atomic.AtomicInteger;

/** Who uses a link at this moment, so that it is not unmapped under them. Safe from any thread, never blocks. */
public final class Gate {
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean closed;

    /** Makes an open gate. */
    public Gate() {}

    /**
     * Goes in, to come out soon by {@link #leave}.
     *
     * @return false if it is closed
     */
    public boolean enter() {
        inside.incrementAndGet();
        if (closed) { // looked at after the count, which whoever closes looks at after that
            inside.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Comes out. */
    public void leave() {
        inside.decrementAndGet();
    }

    /** Lets nobody in any more. */
    public void close() {
        closed = true;
    }

    /**
     * Whether nobody is inside.
     *
     * @return true for good, once closed
     */
    public boolean isEmpty() {
        return inside.get() == 0;
    }
}

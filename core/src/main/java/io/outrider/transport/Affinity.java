package io.outrider.transport;

/**
 * Binds threads to processors, found through {@link java.util.ServiceLoader}: it lives with the transports, since they bring the
 * native bindings that it takes. Safe from any thread; each call is a system call, none blocks.
 */
public interface Affinity {
    /**
     * The calling thread, as the operating system names it.
     *
     * @return a number for {@link #pin} and {@link #unpin}
     * @throws UnsupportedOperationException if the platform doesn't say
     */
    int currentThread();

    /**
     * Lets a thread run on one processor only. Threads that it starts inherit that.
     *
     * @param thread of this process
     * @param processor from 0
     * @throws UnsupportedOperationException if the platform, or a container, doesn't allow it, or has no such processor
     */
    void pin(int thread, int processor);

    /**
     * Lets a thread run wherever this process might when it began to pin.
     *
     * @param thread of this process
     * @throws UnsupportedOperationException if the platform doesn't allow it
     */
    void unpin(int thread);
}

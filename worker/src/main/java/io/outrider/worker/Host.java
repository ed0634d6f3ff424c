package io.outrider.worker;

import io.outrider.protocol.control.Doorbell;
import io.outrider.transport.Link;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a worker is there for: it holds the objects and runs the calls. Made and ended by {@link WorkerSession}, whose threads
 * alone call it.
 */
public interface Host extends AutoCloseable {
    /** Begins to take calls. Does not block. */
    void start();

    /**
     * Says who counts the processes that were turned away.
     *
     * @param refused the count so far
     */
    void countRefusedClients(LongSupplier refused);

    /**
     * Takes calls of one more client. Does not block.
     *
     * @param number of the client, from 1, never used before
     * @param link open on the worker's side; from now on the host's to close
     * @param bell wakes the reader of its reply lane
     * @param loss told when the client has ended and the link is closed
     * @return to be closed when the client has ended
     */
    AutoCloseable attach(int number, Link link, Doorbell bell, ClientLoss loss);

    /**
     * Takes no new calls and waits for those that have begun.
     *
     * @param timeout the longest to wait
     * @return whether all have ended
     */
    boolean drain(Duration timeout);

    /**
     * How many calls are running.
     *
     * @return the count, 0 when idle
     */
    int running();

    /** Interrupts the threads that run calls. Does not wait for them. */
    void interruptAll();

    /** Ends the host's own threads. Idempotent. */
    @Override
    void close();
}

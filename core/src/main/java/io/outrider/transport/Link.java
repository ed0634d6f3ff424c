package io.outrider.transport;

/**
 * One side of the shared memory between a client process and a worker process: a lane out, a lane in, an arena and the
 * status words. Its parts have their own thread contracts. If the peer dies nothing here blocks or throws for that: the
 * outgoing lane fills and the incoming one stays empty; that the peer is gone is learned from the control link.
 */
public interface Link extends AutoCloseable {
    /**
     * What the link was opened with.
     *
     * @return the specification that both sides share
     */
    LinkSpec spec();

    /**
     * The lane on which this side writes.
     *
     * @return the same object every time
     */
    Publication publication();

    /**
     * The lane from which this side reads.
     *
     * @return the same object every time
     */
    Subscription subscription();

    /**
     * Places for callers that wait for a short reply of their own.
     *
     * @return the same object every time; {@link DirectSlots#ABSENT} if the transport has none
     */
    DirectSlots directSlots();

    /**
     * Blocks for what a frame can't carry.
     *
     * @return the same object every time
     */
    BufferArena arena();

    /**
     * Words that both sides see: parked flags and heartbeats.
     *
     * @return the same object every time
     */
    LinkStatus status();

    /**
     * Releases this side's mappings. Idempotent. Nobody may be inside, or later call, a method of any of the parts but
     * {@code close}; claims then return {@code CLOSED}. Deletes no file: that is for the owner of the session.
     */
    @Override
    void close();
}

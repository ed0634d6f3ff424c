package io.outrider.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The contract by which a client says which objects it needs: every worker hosts one for each client as object {@link #ID}. A
 * <em>grant</em> keeps an object for one reference to it: while that is on its way, for a lease, and once its receiver has
 * claimed it, for as long as that client lives or until it drops it.
 */
public interface ReferenceSystem {
    /** The object id, the same for each client. */
    long ID = 2;

    /**
     * Keeps an object for a reference that is about to be sent.
     *
     * @param objectId of the object
     * @param addressee where the worker listens to which it is sent, or nothing if it is no worker
     * @return a grant; 0 if there is no such object any more
     */
    long lend(long objectId, String addressee);

    /**
     * Says what has become of grants. Those that are not known any more are ignored.
     *
     * @param claimed have arrived here
     * @param dropped are needed no more
     * @param gone where workers listened that are gone, so that nobody will claim what is on its way to them
     */
    void settle(long[] claimed, long[] dropped, String[] gone);

    /**
     * What this worker holds.
     *
     * @return counts, in the order of the components of {@link io.outrider.api.ObjectCounts}
     */
    long[] counts();

    /**
     * Describes the objects of this worker, but for Outrider's own.
     *
     * @return four strings for each: id in hex, contract, class, holders
     */
    String[] objects();

    /**
     * The object for which this worker is there, if there is one.
     *
     * @return a stub of it, or null
     */
    @Nullable
    Object front();
}

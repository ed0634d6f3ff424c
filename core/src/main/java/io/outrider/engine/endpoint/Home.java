package io.outrider.engine.endpoint;

import io.outrider.contract.Contract;
import io.outrider.marshal.remote.RemoteReference;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.Stub;
import org.jspecify.annotations.Nullable;

/** The objects of this process, if it is a worker. Safe from any thread; nothing here blocks for another process. */
public interface Home {
    /**
     * Where this worker listens.
     *
     * @return the path of its socket
     */
    String address();

    /**
     * Which worker this is.
     *
     * @return its id
     */
    int workerId();

    /**
     * Keeps an object for a reference that is about to be sent.
     *
     * @param objectId of an object here
     * @param addressee to whom, as {@link io.outrider.marshal.block.OutgoingBlocks#addressee()} says
     * @return a grant; 0 if there is no such object any more
     */
    long lend(long objectId, String addressee);

    /**
     * Nobody will claim what is on its way to a worker.
     *
     * @param addressee where it listened
     */
    void gone(String addressee);

    /** Lets go of what has been on its way for too long. To be called now and then. */
    void tend();

    /**
     * A reference has come back to where its object lives.
     *
     * @param reference names an object of this worker; its grant is used up
     * @return the object itself; of one that is shared, a stub
     */
    Object takeIn(RemoteReference reference);

    /**
     * A stub that was made here is gone.
     *
     * @param objectId of the object that it stood for
     */
    void letGo(long objectId);

    /**
     * Makes an object callable from outside, and keeps it for a stub.
     *
     * @param object any object
     * @param contract by which it is called
     * @param concurrency how many calls may run in it at once
     * @return names it
     */
    ObjectRef export(Object object, Contract<?> contract, int concurrency);

    /**
     * How stubs that are made here reach the objects.
     *
     * @return runs calls on the calling thread
     */
    CallPort port();

    /**
     * Says for which object this worker is there.
     *
     * @param stub of it, or null
     */
    void front(@Nullable Stub stub);
}

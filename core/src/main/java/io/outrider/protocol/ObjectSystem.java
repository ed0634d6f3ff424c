package io.outrider.protocol;

import io.outrider.api.Blocking;
import io.outrider.api.RemoteFactory;
import org.jspecify.annotations.Nullable;

/**
 * The contract by which a launcher makes and releases objects: every worker hosts one as object {@link #ID}, called like any
 * other object.
 */
public interface ObjectSystem {
    /** The object id of the system itself. */
    long ID = 0;

    /**
     * Makes an object by a factory.
     *
     * @param contract binary name of the interface
     * @param digest of the caller's version of it
     * @param concurrency how many calls may run in it at once
     * @param factory makes it
     * @return its id
     * @throws Exception what the factory throws
     */
    @Blocking
    long create(String contract, long digest, int concurrency, RemoteFactory<?> factory) throws Exception;

    /**
     * Makes an object by a constructor.
     *
     * @param contract binary name of the interface
     * @param digest of the caller's version of it
     * @param concurrency how many calls may run in it at once
     * @param implementation binary name of its class
     * @param arguments for the constructor
     * @return its id
     * @throws Exception what the constructor throws
     */
    @Blocking
    long construct(String contract, long digest, int concurrency, String implementation, @Nullable Object[] arguments)
            throws Exception;

    /**
     * Compares a contract with the worker's version of it.
     *
     * @param contract binary name of the interface
     * @param digest of the caller's version of it
     */
    @Blocking
    void verify(String contract, long digest);

    /**
     * Lets an object go; calls that came before still run.
     *
     * @param objectId of the object; unknown ids are ignored
     */
    void release(long objectId);
}

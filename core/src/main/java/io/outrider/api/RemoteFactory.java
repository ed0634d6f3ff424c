package io.outrider.api;

import java.io.Serializable;

/**
 * Makes an object in a worker. Write it as a lambda or a constructor reference; what it captures is copied to the worker.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface RemoteFactory<T> extends Serializable {
    /**
     * Makes the object; runs once, in the worker.
     *
     * @return the object, not null
     * @throws Exception to fail the creation
     */
    T create() throws Exception;
}

package io.outrider.api;

import java.io.Serializable;

/** Runs in each worker before it takes its first call. Write it as a lambda; what it captures is copied to the worker. */
@FunctionalInterface
public interface WorkerInitializer extends Serializable {
    /**
     * Prepares the worker.
     *
     * @param workerId of the worker, from 0
     * @throws Exception to fail the start, with this as the cause
     */
    void initialize(int workerId) throws Exception;
}

package io.outrider.api;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * A task for a worker: a {@link Callable} that can be sent. Write it as a lambda; what it captures is copied to the worker.
 *
 * @param <R> the result
 */
@FunctionalInterface
public interface RemoteCallable<R> extends Callable<R>, Serializable {}

package io.outrider.api;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * A task for a worker: a {@link Callable} that can be sent. Write it as a lambda; what it captures is copied to the worker.
 *
 * @param <R> the result
 */
@FunctionalInterface
public interface RemoteCallable<R> extends Callable<R>, Serializable {
    /**
     * What the task is, to those who count what becomes of tasks: its class is asked for {@link Idempotent}, and is what is put in quarantine when
     * it kills workers. A task that only carries another one gives that.
     *
     * @return this task itself, unless it says otherwise
     */
    default Object origin() {
        return this;
    }
}

package io.outrider.protocol;

import io.outrider.api.Blocking;
import io.outrider.api.RemoteCallable;
import org.jspecify.annotations.Nullable;

/** The contract by which a launcher runs tasks: every worker hosts one as object {@link #ID}. */
public interface TaskSystem {
    /** The object id of the task runner. */
    long ID = 1;

    /**
     * Runs a task.
     *
     * @param task the task
     * @return its result
     * @throws Exception what it throws
     */
    @Blocking
    @Nullable
    Object run(RemoteCallable<?> task) throws Exception;

    /**
     * Runs a task that was encoded before it was sent, since it had to wait.
     *
     * @param task the task, as the marshaller wrote it
     * @return its result
     * @throws Exception what it throws
     */
    @Blocking
    @Nullable
    Object runEncoded(byte[] task) throws Exception;
}

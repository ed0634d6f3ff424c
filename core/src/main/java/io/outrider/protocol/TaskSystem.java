package io.outrider.protocol;

import io.outrider.api.Blocking;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteFunction;
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
     * Applies a function to one item of many.
     *
     * @param function the function
     * @param item its argument
     * @return its result
     * @throws Exception what it throws
     */
    @Nullable
    Object apply(RemoteFunction<?, ?> function, Object item) throws Exception;
}

package io.outrider.api;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Where a task runs, for the task to ask. Immutable.
 *
 * @param parallelization whether it runs on its submitter's thread, on another one or in another process
 * @param workerId the worker that runs it; 0 where that is the submitter's own process
 * @param executor the executor that runs it; empty in another process, from which it can't be reached
 */
public record TaskContext(Parallelization parallelization, int workerId, Optional<RemoteExecutor> executor) {
    private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();

    /**
     * The context of the task that the calling thread is in.
     *
     * @return empty outside of tasks
     */
    public static Optional<TaskContext> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * Runs code in this context, and restores the one before.
     *
     * @param code to run, on the calling thread
     * @param <R> its result
     * @return its result
     * @throws Exception what it throws
     */
    public <R> R run(final Callable<R> code) throws Exception {
        final TaskContext before = CURRENT.get();
        CURRENT.set(this);
        try {
            return code.call();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}

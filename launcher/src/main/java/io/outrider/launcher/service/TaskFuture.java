package io.outrider.launcher.service;

import java.util.concurrent.Future;

/**
 * The future of a task that was submitted to a service. Safe from any thread. A failure has the type that the task threw.
 *
 * @param <T> the result
 */
public interface TaskFuture<T> extends Future<T> {
    /**
     * Has something done once the task has ended or was cancelled; at once if that is so.
     *
     * @param action must neither block nor throw; runs on whichever thread ends the task
     */
    void whenDone(Runnable action);

    /**
     * Cancels the task if it has surely not begun.
     *
     * @return whether it was cancelled and never runs
     */
    boolean cancelIfNotBegun();

    /**
     * What the user submitted.
     *
     * @return the task
     */
    Object original();
}

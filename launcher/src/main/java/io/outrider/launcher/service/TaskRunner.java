package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;

/** Runs the tasks of a service. Safe from any thread. */
public interface TaskRunner {
    /**
     * Begins a task, or puts it in line.
     *
     * @param task to be sent
     * @param original what the user submitted
     * @param <T> its result
     * @return its future
     * @throws io.outrider.error.OutriderException if it can't be sent
     */
    <T> TaskFuture<T> start(RemoteCallable<T> task, Object original);
}

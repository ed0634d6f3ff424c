package io.outrider.launcher.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The future of a task whose outcome comes through a stage.
 *
 * @param stage completes with the outcome
 * @param cancelBefore cancels the task if it has not begun, and says whether
 * @param original what the user submitted
 * @param <T> the result
 */
public record StageFuture<T>(CompletableFuture<T> stage, BooleanSupplier cancelBefore, Object original)
        implements TaskFuture<T> {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    public void whenDone(final Runnable action) {
        stage.whenComplete((value, failure) -> action.run());
    }

    @Override
    public boolean cancelIfNotBegun() {
        return cancelBefore.getAsBoolean();
    }

    @Override
    public boolean cancel(final boolean mayInterruptIfRunning) {
        return stage.cancel(mayInterruptIfRunning);
    }

    @Override
    public boolean isCancelled() {
        return stage.isCancelled();
    }

    @Override
    public boolean isDone() {
        return stage.isDone();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            return stage.get();
        } catch (final ExecutionException failed) {
            throw new ExecutionException(Originals.of(failed));
        }
    }

    @Override
    public T get(final long timeout, final TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return stage.get(timeout, unit);
        } catch (final ExecutionException failed) {
            throw new ExecutionException(Originals.of(failed));
        }
    }

    /** Futures are told apart by identity: two tasks are never the same. */
    @Override
    public boolean equals(final Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

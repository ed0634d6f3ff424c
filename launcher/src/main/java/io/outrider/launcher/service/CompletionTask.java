package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;
import io.outrider.marshal.graph.jdk.JavaObserver;
import io.outrider.marshal.graph.jdk.JavaResolver;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CompletableFuture.supplyAsync} and {@code runAsync} give to an executor: a future, and the work that is to complete it. The work
 * alone is sent. The two are seen through Java serialization, which the JDK's task allows and reflection does not.
 *
 * @param future to be completed here
 * @param work to be done in a worker
 */
record CompletionTask(CompletableFuture<@Nullable Object> future, RemoteCallable<@Nullable Object> work) {
    /** Null if it is another task. */
    @SuppressWarnings("unchecked") // the future of a supplier takes what that supplies, that of a runnable null
    static @Nullable CompletionTask of(final Runnable task) {
        if (!(task instanceof CompletableFuture.AsynchronousCompletionTask) || !(task instanceof Serializable)) {
            return null;
        }
        final List<Object> parts = JavaObserver.partsOf(task);
        if (parts.size() == 2) {
            final int place = parts.get(0) instanceof CompletableFuture ? 0 : 1;
            final Object work = lambdaOf(parts.get(1 - place));
            if (parts.get(place) instanceof CompletableFuture<?> future) {
                final CompletableFuture<@Nullable Object> typed = (CompletableFuture<@Nullable Object>) future;
                if (work instanceof Supplier<?> supplier) {
                    return new CompletionTask(typed, new ServiceTasks.Supplying(supplier));
                }
                if (work instanceof Runnable runnable) {
                    return new CompletionTask(typed, ServiceTasks.of(runnable));
                }
            }
        }
        throw new RejectedExecutionException("only supplyAsync and runAsync can be sent to workers, and this is a "
                + task.getClass().getName() + ": compose with a task instead, as in "
                + "thenCompose(value -> CompletableFuture.supplyAsync(task, executor))");
    }

    /** A lambda that can be sent is seen as what it is made of. */
    private static Object lambdaOf(final Object part) {
        if (!(part instanceof SerializedLambda lambda)) {
            return part;
        }
        try {
            return JavaResolver.resolve(lambda);
        } catch (final ReflectiveOperationException impossible) {
            throw new RejectedExecutionException("the task can't be made again from " + lambda, impossible);
        }
    }

    /** Once the work has ended: completes the future as it did. */
    void complete(final Future<?> outcome) {
        try {
            future.complete(outcome.get());
        } catch (final ExecutionException failed) {
            future.completeExceptionally(failed.getCause());
        } catch (final CancellationException | InterruptedException ended) {
            future.completeExceptionally(ended);
        }
    }
}

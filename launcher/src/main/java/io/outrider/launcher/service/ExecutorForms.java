package io.outrider.launcher.service;

import io.outrider.api.ExecutorScope;
import io.outrider.api.MapOptions;
import io.outrider.api.MethodResult;
import io.outrider.api.Parallelization;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteExecutorService;
import io.outrider.api.RemoteScheduledExecutorService;
import io.outrider.api.RemoteStream;
import io.outrider.api.TaskContext;
import io.outrider.api.function.RemoteFunction;
import io.outrider.error.CallInterruptedException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The forms that all executors have in common, in terms of what each does in its own way. */
public abstract class ExecutorForms implements RemoteExecutor {
    private static final Executor STAGES = BlockingThreads.named("outrider-run");

    /** For executors. */
    protected ExecutorForms() {}

    /**
     * Runs code on a thread of the executor, which has some.
     *
     * @param code to run, itself and not a copy
     * @param <R> its result
     * @return completes on the completion executor, with what the code threw as it was thrown
     */
    protected <R> CompletableFuture<R> onThread(final Callable<R> code) {
        throw new UnsupportedOperationException(this + " has no threads to run " + code);
    }

    /**
     * What runs the tasks of this executor's services.
     *
     * @return safe from any thread
     */
    public abstract TaskRunner taskRunner();

    @Override
    public RemoteExecutorService asExecutorService() {
        return new TaskService(taskRunner());
    }

    @Override
    public RemoteScheduledExecutorService asScheduledExecutorService() {
        return new ScheduledService(taskRunner());
    }

    @Override
    public <A, R> RemoteStream<R> map(
            final RemoteFunction<? super A, ? extends R> function,
            final Iterable<? extends A> items,
            final MapOptions options) {
        return RemoteStream.of(new ChunkedMap<A, R>(this, function, items.iterator(), options));
    }

    @Override
    public Executor asExecutor() {
        return asExecutorService();
    }

    @Override
    @SuppressWarnings("unchecked") // the caller knows what the method that it names returns
    public <R> CompletableFuture<R> runMethod(
            final Parallelization permitted,
            final String method,
            final Object instance,
            final @Nullable Object... arguments) {
        return invoke(permitted, method, instance, arguments, false).thenApply(result -> (R) result.value());
    }

    @Override
    public <R> CompletableFuture<R> runMethod(
            final String method, final Object instance, final @Nullable Object... arguments) {
        final Method found = Methods.find(instance.getClass(), method, arguments);
        return runMethod(Methods.permissionOf(found), method, instance, arguments);
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <T, R> CompletableFuture<MethodResult<T, R>> runMethodForState(
            final Parallelization permitted,
            final String method,
            final T instance,
            final @Nullable Object... arguments) {
        return invoke(permitted, method, instance, arguments, true)
                .thenApply(result -> (MethodResult<T, R>) (MethodResult<?, ?>) result);
    }

    private CompletableFuture<MethodResult<Object, Object>> invoke(
            final Parallelization permitted,
            final String name,
            final Object instance,
            final @Nullable Object[] arguments,
            final boolean wantsState) {
        final Method method = Methods.find(instance.getClass(), name, arguments);
        final Callable<MethodResult<Object, Object>> here =
                () -> new MethodResult<>(Methods.invoke(method, instance, arguments), instance);
        return switch (parallelization(permitted)) {
            case SEQUENTIAL -> inline(here);
            case THREAD -> onThread(() -> context(Parallelization.THREAD).run(here));
            case PROCESS -> elsewhere(new MethodTask(instance, name, arguments, wantsState));
        };
    }

    private <R> CompletableFuture<R> inline(final Callable<R> code) {
        try {
            return CompletableFuture.completedFuture(
                    context(Parallelization.SEQUENTIAL).run(code));
        } catch (final Throwable thrown) { // the code's own, and the future's to tell
            return CompletableFuture.failedFuture(thrown);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    private CompletableFuture<MethodResult<Object, Object>> elsewhere(final MethodTask task) {
        final CompletableFuture<MethodResult<Object, Object>> outcome = new CompletableFuture<>();
        submit(task).whenComplete((result, failure) -> {
            if (failure != null) {
                outcome.completeExceptionally(Originals.of(failure));
            } else {
                outcome.complete(new MethodResult<>(result[0], Objects.requireNonNullElse(result[1], task.instance())));
            }
        });
        return outcome;
    }

    private TaskContext context(final Parallelization parallelization) {
        return new TaskContext(parallelization, 0, Optional.of(this));
    }

    @Override
    @SuppressWarnings("try") // the scope does its work by being open
    public <R> R run(final Callable<? extends CompletionStage<R>> code) {
        final CompletionStage<R> stage;
        try (ExecutorScope scope = use()) {
            stage = Objects.requireNonNull(
                    context(Parallelization.SEQUENTIAL).run(code), "the code returned null instead of a stage");
        } catch (final Exception thrown) {
            throw Originals.unchecked(thrown);
        }
        return join(stage);
    }

    @Override
    public <R> List<CompletableFuture<R>> runAll(
            final Collection<? extends Callable<? extends CompletionStage<R>>> codes) {
        final List<CompletableFuture<R>> outcomes = new ArrayList<>();
        for (final Callable<? extends CompletionStage<R>> code : codes) {
            final CompletableFuture<R> outcome = new CompletableFuture<>();
            outcomes.add(outcome);
            STAGES.execute(() -> begin(code, outcome));
        }
        outcomes.forEach(this::awaitDone);
        return outcomes;
    }

    @SuppressWarnings({"FutureReturnValueIgnored", "try"}) // the action does not throw; the scope works by being open
    private <R> void begin(final Callable<? extends CompletionStage<R>> code, final CompletableFuture<R> outcome) {
        try (ExecutorScope scope = use()) {
            final CompletionStage<R> stage = Objects.requireNonNull(
                    context(Parallelization.THREAD).run(code), "the code returned null instead of a stage");
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    outcome.complete(value);
                } else {
                    outcome.completeExceptionally(Originals.of(failure));
                }
            });
        } catch (final Throwable thrown) { // the code's own, and the outcome's to tell
            outcome.completeExceptionally(thrown);
        }
    }

    private void awaitDone(final CompletableFuture<?> future) {
        try {
            future.get();
        } catch (final ExecutionException kept) {
            return; // it stays in the future
        } catch (final InterruptedException interrupted) {
            throw interruptedWhileWaiting();
        }
    }

    @Override
    public <R> R join(final CompletionStage<R> stage) {
        try {
            return stage.toCompletableFuture().get();
        } catch (final ExecutionException failed) {
            throw Originals.unchecked(failed);
        } catch (final InterruptedException interrupted) {
            throw interruptedWhileWaiting();
        }
    }

    private static CallInterruptedException interruptedWhileWaiting() {
        Thread.currentThread().interrupt();
        return new CallInterruptedException("interrupted while waiting for a stage: what completes it goes on");
    }
}

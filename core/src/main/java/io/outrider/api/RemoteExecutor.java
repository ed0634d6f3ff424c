package io.outrider.api;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.function.RemoteFunction;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Creates objects and runs tasks in worker JVMs, and holds those workers. Safe from any thread. Creation blocks until the
 * constructor has run in the worker, or a worker that is needed has started; {@link #submit} does not block, except for back pressure. When a worker dies every call
 * that waits for it fails with {@link io.outrider.error.WorkerDiedException}, its objects are gone, and the other workers
 * go on; whether another process takes its place, and makes the objects again, the configuration says.
 */
public interface RemoteExecutor extends AutoCloseable {
    /**
     * Makes an object in the live worker that holds the fewest.
     *
     * @param contract the interface by which it is called
     * @param factory makes it, in the worker; what it captures is copied
     * @param <T> the interface
     * @return the owner's handle
     * @throws io.outrider.error.ContractException if the interface can't be a contract, or the worker has another version
     * @throws io.outrider.error.RemoteCallException if the factory throws
     * @throws io.outrider.error.SerializationException if what the factory captures can't be sent
     */
    default <T> RemoteObject<T> create(final Class<T> contract, final RemoteFactory<? extends T> factory) {
        return create(contract, factory, ObjectOptions.DEFAULT);
    }

    /**
     * Makes an object with options, among them the worker to put it in.
     *
     * @param contract the interface by which it is called
     * @param factory makes it, in the worker; what it captures is copied
     * @param options placement and concurrency
     * @param <T> the interface
     * @return the owner's handle
     */
    <T> RemoteObject<T> create(Class<T> contract, RemoteFactory<? extends T> factory, ObjectOptions options);

    /**
     * Makes an object of a class by the constructor that fits the arguments, in the live worker that holds the fewest. The
     * class is looked up in the worker.
     *
     * @param contract the interface by which it is called
     * @param implementation a class that implements it
     * @param arguments for the constructor, copied to the worker
     * @param <T> the interface
     * @return the owner's handle
     */
    default <T> RemoteObject<T> create(
            final Class<T> contract, final Class<? extends T> implementation, final Object... arguments) {
        return create(contract, implementation, ObjectOptions.DEFAULT, arguments);
    }

    /**
     * Makes an object of a class with options, among them the worker to put it in.
     *
     * @param contract the interface by which it is called
     * @param implementation a class that implements it
     * @param options placement and concurrency
     * @param arguments for the constructor, copied to the worker
     * @param <T> the interface
     * @return the owner's handle
     */
    <T> RemoteObject<T> create(
            Class<T> contract, Class<? extends T> implementation, ObjectOptions options, Object... arguments);

    /**
     * Runs a task in a worker that is free: among those the one that holds the fewest objects. A worker runs one task at a time, beside the
     * calls to its objects; a task that finds none free waits in a bounded queue, in order. If its worker dies, the task fails.
     * Cancelling the future cancels the task: one that waits never runs, and {@code cancel(true)} interrupts one that is running.
     *
     * @param task a lambda or an object; what it captures is copied before this returns
     * @param <R> its result, copied back
     * @return completes on the executor that the configuration names
     * @throws io.outrider.error.SerializationException if what the task captures can't be sent
     * @throws io.outrider.error.BackPressureException if the queue stays full, as the configuration says
     * @throws io.outrider.error.CallRejectedException if the task is in quarantine, since it has killed several workers in a row
     * @throws io.outrider.error.ClosedException if the executor was closed
     */
    <R> CompletableFuture<R> submit(RemoteCallable<R> task);

    /**
     * Runs a task with options; without workers of its own an executor knows none of them but the worker's id.
     *
     * @param options where it runs, how long it may take, and whether it may run twice
     * @param task a lambda or an object; what it captures is copied before this returns
     * @param <R> its result, copied back
     * @return completes on the executor that the configuration names
     */
    default <R> CompletableFuture<R> submit(final TaskOptions options, final RemoteCallable<R> task) {
        return options.workerId() == ObjectOptions.ANY_WORKER ? submit(task) : submit(options.workerId(), task);
    }

    /**
     * Runs a task in a named worker.
     *
     * @param workerId of the worker, from 0
     * @param task a lambda or an object; what it captures is copied
     * @param <R> its result, copied back
     * @return completes on the executor that the configuration names
     */
    <R> CompletableFuture<R> submit(int workerId, RemoteCallable<R> task);

    /**
     * Where code runs that may run so.
     *
     * @param permitted the strongest that is permitted
     * @return the strongest that is permitted and that this executor has
     */
    Parallelization parallelization(Parallelization permitted);

    /**
     * Runs a method of an instance where that is permitted. In another process a copy of the instance is used, and the changes that the method makes
     * to it are lost; see {@link #runMethodForState}. Otherwise the instance itself is used, and nothing is copied.
     *
     * @param permitted the strongest that is permitted
     * @param method its name; of overloads the one that fits the arguments
     * @param instance whose method it is; it can be of any class
     * @param arguments of the method
     * @param <R> its result
     * @return completes where the method has run; with what the method threw, whose type is the same wherever it ran. Thrown in another
     *     process, it has the {@link io.outrider.error.RemoteCallException} among its suppressed ones
     * @throws io.outrider.error.ContractException if there is no such method
     * @throws io.outrider.error.SerializationException if the instance or an argument can't be sent
     */
    <R> CompletableFuture<R> runMethod(
            Parallelization permitted, String method, Object instance, @Nullable Object... arguments);

    /**
     * Runs a method of an instance where its {@link Parallel} annotation permits; without one on the calling thread.
     *
     * @param method its name; of overloads the one that fits the arguments
     * @param instance whose method it is
     * @param arguments of the method
     * @param <R> its result
     * @return as for {@link #runMethod(Parallelization, String, Object, Object...)}
     */
    <R> CompletableFuture<R> runMethod(String method, Object instance, @Nullable Object... arguments);

    /**
     * Runs a method of an instance and gives the instance back as the method left it.
     *
     * @param permitted the strongest that is permitted
     * @param method its name; of overloads the one that fits the arguments
     * @param instance whose method it is
     * @param arguments of the method
     * @param <T> the instance
     * @param <R> the result
     * @return completes with both
     */
    <T, R> CompletableFuture<MethodResult<T, R>> runMethodForState(
            Parallelization permitted, String method, T instance, @Nullable Object... arguments);

    /**
     * Runs code that begins something and returns its future, on the calling thread and with this as the current executor, and waits for that
     * future. May be nested.
     *
     * @param code returns a stage
     * @param <R> what the stage completes with
     * @return what it completed with
     * @throws io.outrider.error.CallInterruptedException if the thread is interrupted while it waits
     * @throws java.util.concurrent.CompletionException around a checked exception of the code or the stage; unchecked ones are thrown as
     *     they are
     */
    <R> R run(Callable<? extends CompletionStage<R>> code);

    /**
     * Runs all code at once, each on a thread of its own with this as the current executor, and waits until all stages are complete.
     *
     * @param codes return stages; there may be none
     * @param <R> what the stages complete with
     * @return for each code a future that is complete, with its result or with what the code or its stage failed with; in their order
     * @throws io.outrider.error.CallInterruptedException if the thread is interrupted while it waits
     */
    <R> List<CompletableFuture<R>> runAll(Collection<? extends Callable<? extends CompletionStage<R>>> codes);

    /**
     * Waits for a stage.
     *
     * @param stage to wait for
     * @param <R> what it completes with
     * @return what it completed with
     * @throws io.outrider.error.CallInterruptedException if the thread is interrupted while it waits
     * @throws java.util.concurrent.CompletionException around a checked exception of the stage; unchecked ones are thrown as they are
     */
    <R> R join(CompletionStage<R> stage);

    /**
     * Applies a function to many items, over all workers, in chunks: for many short ones. The source is pulled by whoever reads the results, and
     * no further ahead of what was read than the window. A source that throws, or a function that does, ends the stream after the results
     * before that: with what was thrown, under its own type where that is known here. Closing the stream cancels what is under way.
     *
     * @param function a lambda; what it captures is copied with each chunk
     * @param items copied to workers; their iterator is closed with the stream and at its end, if it can be
     * @param options chunk, window and order
     * @param <A> the items
     * @param <R> the results, copied back, never null
     * @return the results, to be read by one thread; nothing is pulled before they are read
     */
    <A, R> RemoteStream<R> map(
            RemoteFunction<? super A, ? extends R> function, Iterable<? extends A> items, MapOptions options);

    /**
     * Applies a function to one item after the other, over all workers: for items that take long each, or come one by one, perhaps without end.
     * Otherwise as {@link #map(RemoteFunction, Iterable, MapOptions)} with chunks of one, in order.
     *
     * @param function a lambda; what it captures is copied with each item
     * @param source of the items; closed with the stream and at its end, if it can be
     * @param window how many items may be under way, at least 1; a few for each worker keep all of them busy
     * @param <A> the items, copied to a worker
     * @param <R> the results, copied back, never null
     * @return the results in the order of the items
     * @throws io.outrider.error.ConfigurationException if the window is less than 1
     */
    default <A, R> RemoteStream<R> map(
            final RemoteFunction<? super A, ? extends R> function,
            final Iterator<? extends A> source,
            final int window) {
        Objects.requireNonNull(source, "source");
        return map(function, () -> source, MapOptions.DEFAULT.chunk(1).window(window));
    }

    /**
     * This as the JDK's service, so that what was written for a thread pool runs in workers. Tasks are spread over the workers.
     *
     * @return a service of its own each time: shutting it down leaves the executor and other services as they are
     */
    RemoteExecutorService asExecutorService();

    /**
     * This as the JDK's scheduled service.
     *
     * @return a service of its own each time
     */
    RemoteScheduledExecutorService asScheduledExecutorService();

    /**
     * This as an executor, for {@code CompletableFuture.supplyAsync(task, executor)} and {@code runAsync} among others: the task runs in a
     * worker if it can be sent, and is refused with {@link java.util.concurrent.RejectedExecutionException} if it can't.
     *
     * @return runs tasks in workers
     */
    Executor asExecutor();

    /**
     * Makes this the current executor of the calling thread; opening an executor does not.
     *
     * @return the scope, to be closed by the same thread
     */
    default ExecutorScope use() {
        return ExecutorScope.enter(this);
    }

    /**
     * Makes a feed: one writer, and subscribers in any worker and in this process, that read each frame in place. Its memory is
     * taken at once.
     *
     * @param name for messages; no other feed of this executor that is open may have it
     * @param options its size and patience
     * @return its name for all processes: pass it to objects and tasks; closed with this executor at the latest
     * @throws io.outrider.error.ConfigurationException if there is a feed of that name
     * @throws io.outrider.error.StorageException if there is not enough shared memory
     * @throws io.outrider.error.ClosedException if the executor was closed
     */
    Feed feed(String name, FeedOptions options);

    /**
     * Adds a worker, for as long as the executor is open: a spare if one is ready, and another spare is then started in the
     * background; else a new process. Blocks until the worker takes calls, which with a spare is at once.
     *
     * @return the id of the worker, never used before
     * @throws io.outrider.error.ConfigurationException if there are as many workers as there may be
     * @throws io.outrider.error.ClosedException if the executor was closed
     * @throws io.outrider.error.WorkerStartException if the worker does not become ready
     * @throws io.outrider.error.StorageException if there is not enough shared memory
     */
    int addWorker();

    /**
     * Where loans for a worker are made.
     *
     * @param workerId of the worker, from 0
     * @return its arena
     * @throws io.outrider.error.ConfigurationException if there is no such worker
     * @throws io.outrider.error.WorkerDiedException if it is dead
     */
    LoanArena arena(int workerId);

    /**
     * The workers as they are now.
     *
     * @return one entry for each, by id
     */
    List<WorkerInfo> workers();

    /**
     * Where futures are completed and their dependents run.
     *
     * @return the executor that the configuration names
     */
    Executor completionExecutor();

    /**
     * Closes the executor like {@link #close()}, and says what becomes of tasks that wait for a worker.
     *
     * @param cancelPending true to cancel them, false to let them run, as long as there is time
     */
    default void shutdown(final boolean cancelPending) {
        close();
    }

    /**
     * Ends the workers: lets tasks that wait run and begun calls end, asks, then destroys, each step bounded by the configuration. Idempotent, and
     * blocks until no worker process is left. Calls that could not end fail with {@link io.outrider.error.ClosedException}.
     */
    @Override
    void close();
}

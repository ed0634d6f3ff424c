package io.outrider.api;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Creates objects and runs tasks in worker JVMs, and holds those workers. Safe from any thread. Creation blocks until the
 * constructor has run in the worker; {@link #submit} does not block, except for back pressure. When a worker dies every call
 * that waits for it fails with {@link io.outrider.error.WorkerDiedException}, its objects are gone, and the other workers
 * go on.
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
     * Runs a task in the live worker that has the fewest objects and tasks. A worker runs one task at a time, beside the
     * calls to its objects.
     *
     * @param task a lambda or an object; what it captures is copied
     * @param <R> its result, copied back
     * @return completes on the executor that the configuration names
     */
    <R> CompletableFuture<R> submit(RemoteCallable<R> task);

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
     * Ends the workers: lets begun calls end, asks, then destroys, each step bounded by the configuration. Idempotent, and
     * blocks until no worker process is left. Calls that could not end fail with {@link io.outrider.error.ClosedException}.
     */
    @Override
    void close();
}

package io.outrider.api;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The owner's handle of an object that lives in a worker. Safe from any thread. Closing it lets the object go; when its
 * worker dies the object is gone and each call fails with {@link io.outrider.error.WorkerDiedException}.
 *
 * @param <T> the contract
 */
public interface RemoteObject<T> extends AutoCloseable {
    /**
     * The object as its contract: each call runs in the worker and blocks until the outcome is here. Arguments and results
     * are copied, but for {@link Loan}s, which are handed over. What the method throws arrives as {@link io.outrider.error.RemoteCallException}. After
     * {@link #close()} each call fails with {@link io.outrider.error.ClosedException}.
     *
     * @return the same stub every time, safe from any thread
     */
    T stub();

    /**
     * Makes one call without waiting for it. Cancelling the future cancels the call: one that has not begun never runs, and
     * {@code cancel(true)} interrupts a method that is running.
     *
     * @param call calls exactly one method of the stub that it is given; what that call seems to return has no meaning
     * @param <R> the result
     * @return completes on the executor's completion executor
     * @throws IllegalArgumentException if the function called no method, or more than one
     */
    <R> CompletableFuture<R> async(RemoteCall<? super T, R> call);

    /**
     * Makes one call without waiting for it, completed where the caller says.
     *
     * @param call calls exactly one method of the stub that it is given
     * @param completion runs the completion
     * @param <R> the result
     * @return completes on {@code completion}
     */
    <R> CompletableFuture<R> async(RemoteCall<? super T, R> call, Executor completion);

    /**
     * The same object, for calls that may take so long: the time that is left goes with each call, and counts waiting for room, the
     * way there, the wait behind other calls, the method itself and the way back. When it is up, the caller gets
     * {@link io.outrider.error.CallTimeoutException}, a call that has not begun never runs, and a method that is running is
     * interrupted.
     *
     * @param timeout more than zero
     * @return a handle beside this one: closing either lets the object go
     * @throws io.outrider.error.ConfigurationException if the timeout is not more than zero
     */
    RemoteObject<T> within(Duration timeout);

    /**
     * Opens a pipeline of calls to the object, for the calling thread.
     *
     * @param depth how many calls may be in flight at once, at least 1 and at most what the configuration allows for the link
     * @param handler takes the outcomes
     * @return the pipeline, to be closed by the thread that uses it
     */
    CallPipeline<T> pipeline(int depth, OutcomeHandler handler);

    /**
     * Where loans for this object are made: the arena of its worker, which all its objects share.
     *
     * @return the arena of the worker that holds the object now
     */
    LoanArena arena();

    /**
     * The worker that holds the object.
     *
     * @return its id
     */
    int workerId();

    /**
     * The object's id in that worker: never 0, and never used again.
     *
     * @return the id
     */
    long objectId();

    /** Lets the object go, after the calls that were made before. Idempotent; never fails because the worker is gone. */
    @Override
    void close();
}

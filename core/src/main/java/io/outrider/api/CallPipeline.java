package io.outrider.api;

/**
 * Calls to one object that are sent one after the other without waiting, with their outcomes handed to a handler: the way to
 * the highest rate of calls. For one thread, which makes the calls and runs the handler; nothing is handed to another thread
 * and nothing is allocated where arguments and results are primitive. If the worker dies each call in flight has its
 * failure as its outcome.
 *
 * <pre>{@code
 * try (CallPipeline<Pricer> pricer = object.pipeline(64, (tag, price) -> prices[(int) tag] = price.getDouble())) {
 *     for (int i = 0; i < prices.length; i++) {
 *         pricer.call(i).price(strikes[i]); // returns at once, with a value that has no meaning
 *     }
 * } // closing waits for what is in flight
 * }</pre>
 *
 * @param <T> the contract
 */
public interface CallPipeline<T> extends AutoCloseable {
    /**
     * The stub to make the next call on. Waits, and runs the handler meanwhile, while as many calls are in flight as the
     * pipeline is deep.
     *
     * @param tag given to the handler with the outcome of the call
     * @return the same stub every time; make exactly one call on it
     */
    T call(long tag);

    /**
     * Runs the handler for the outcomes that have come. Does not block.
     *
     * @return how many
     */
    int poll();

    /**
     * Runs the handler until no call is in flight.
     *
     * @throws io.outrider.error.CallTimeoutException if the configuration has a call timeout and it passes without an outcome
     * @throws io.outrider.error.CallInterruptedException if the thread is interrupted while it waits
     */
    void await();

    /**
     * How many calls have been made whose outcome the handler has not seen.
     *
     * @return from 0 to the depth
     */
    int inFlight();

    /** Waits as {@link #await} does, and makes the pipeline unusable. Idempotent. */
    @Override
    void close();
}

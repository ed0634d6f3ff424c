package io.outrider.stub;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a generated stub calls: begin, write the arguments, invoke, read the result, end. Safe from any thread; one call
 * belongs to one thread. This is also the seam for an engine that gets calls to their objects by other means than a lane.
 */
public interface CallPort {
    /**
     * Begins a call. Waits, within bounds, while too many calls are in flight.
     *
     * @param ref the object
     * @param method index in its contract's table
     * @return the call, ready for its arguments
     * @throws io.outrider.error.OutriderException if the object, worker or executor is gone, or no call may be begun
     */
    OutgoingCall begin(ObjectRef ref, int method);

    /**
     * Sends the call, and waits for its outcome unless this port only records calls.
     *
     * @param call from {@link #begin}
     * @return true if the result can be read; false if there is none to wait for and the stub returns a default
     * @throws io.outrider.error.OutriderException as the call failed
     */
    boolean invoke(OutgoingCall call);

    /**
     * Sends a call of a method that returns a stage, and does not wait.
     *
     * @param call from {@link #begin}, which the port ends from now on
     * @return completes with the outcome; null if this port only records calls
     * @throws io.outrider.error.OutriderException if it can't be sent, and then the call was not ended
     */
    @Nullable
    CompletableFuture<?> defer(OutgoingCall call);

    /**
     * Sends the call of a generator, without waiting for anything, and ends it: what it yields comes by itself.
     *
     * @param call from {@link #begin}
     * @return the near end of the stream, of the type that the method declares; null if this port only records calls
     * @throws io.outrider.error.OutriderException if the call can't be sent
     */
    default @Nullable Object open(final OutgoingCall call) {
        throw new UnsupportedOperationException(
                "a generator can't be called in this way: call it on the object's stub");
    }

    /**
     * Ends a call whose result has been read.
     *
     * @param call from {@link #begin}
     */
    void end(OutgoingCall call);

    /**
     * Ends a call that failed at any step, and turns the failure into what the stub throws.
     *
     * @param call from {@link #begin}
     * @param failure what was thrown
     * @return the exception to throw
     */
    RuntimeException fail(OutgoingCall call, Throwable failure);
}

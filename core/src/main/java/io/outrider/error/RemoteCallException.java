package io.outrider.error;

import org.jspecify.annotations.Nullable;

/**
 * The user's code threw in the worker. {@link #failure()} is what was thrown as data; {@link #getCause()} is the original
 * where its class is loadable and allowed here, and otherwise a stand-in that prints the same frames.
 */
public final class RemoteCallException extends OutriderException {
    private static final long serialVersionUID = 1L;

    private final int workerId;
    private final RemoteFailure failure;
    private final boolean original;

    /**
     * @param workerId the worker in which it was thrown; below zero if that was its caller, as it yielded an argument's values
     * @param failure what was thrown, as data
     * @param original what was thrown, as the object itself, or null where it can't be had
     */
    public RemoteCallException(final int workerId, final RemoteFailure failure, final @Nullable Throwable original) {
        super(
                ErrorCode.REMOTE,
                (workerId < 0 ? "the caller" : "worker " + workerId) + " threw " + failure,
                original == null ? new RemoteThrowable(failure) : original);
        this.workerId = workerId;
        this.failure = failure;
        this.original = original != null;
    }

    /**
     * The worker in which it was thrown.
     *
     * @return its id
     */
    public int workerId() {
        return workerId;
    }

    /**
     * What was thrown, as data.
     *
     * @return type, message, frames, causes and suppressed
     */
    public RemoteFailure failure() {
        return failure;
    }

    /**
     * Whether {@link #getCause()} is the very object that was thrown, rather than a stand-in.
     *
     * @return true if the original could be had
     */
    public boolean hasOriginal() {
        return original;
    }
}

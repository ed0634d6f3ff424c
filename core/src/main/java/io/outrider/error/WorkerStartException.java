package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** A worker did not become ready; the message holds the cause and the last lines of its stderr, and no process is left. */
public final class WorkerStartException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public WorkerStartException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public WorkerStartException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.START_FAILED, message, cause);
    }
}

package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** The executor, worker, object or link is closed; nothing was run on its behalf. */
public final class ClosedException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public ClosedException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public ClosedException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.CLOSED, message, cause);
    }
}

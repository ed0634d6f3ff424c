package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** A call or task was refused before anything was sent. */
public final class CallRejectedException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public CallRejectedException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public CallRejectedException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.REJECTED, message, cause);
    }
}

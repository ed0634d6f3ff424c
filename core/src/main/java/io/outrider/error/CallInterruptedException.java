package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** The calling thread was interrupted while it waited; its interrupt status is set again, and the method may have run. */
public final class CallInterruptedException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public CallInterruptedException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public CallInterruptedException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.INTERRUPTED, message, cause);
    }
}

package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** The deadline of a call passed before its outcome arrived; the method may have run, and a late outcome is dropped. */
public final class CallTimeoutException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public CallTimeoutException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public CallTimeoutException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.TIMEOUT, message, cause);
    }
}

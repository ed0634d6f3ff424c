package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** The lane, arena or table of calls in flight stayed full for as long as the caller was willing to wait; nothing was sent. */
public final class BackPressureException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public BackPressureException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public BackPressureException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.BACK_PRESSURE, message, cause);
    }
}

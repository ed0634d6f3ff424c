package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** The peer could not prove who it is; nothing that it sent was deserialized. */
public final class AuthenticationException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public AuthenticationException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public AuthenticationException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.AUTHENTICATION, message, cause);
    }
}

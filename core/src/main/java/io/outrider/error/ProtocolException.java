package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** The peer sent something that the protocol does not allow; the link to it is given up. */
public final class ProtocolException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public ProtocolException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public ProtocolException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.PROTOCOL, message, cause);
    }
}

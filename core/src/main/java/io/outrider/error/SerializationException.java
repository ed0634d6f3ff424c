package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** A value could not be turned into bytes, or bytes into a value; the message names the type and the path to it. */
public final class SerializationException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public SerializationException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public SerializationException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.SERIALIZATION, message, cause);
    }
}

package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** Shared memory or disk could not be had; the message says how much is needed and how much there is. */
public final class StorageException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public StorageException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public StorageException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.STORAGE, message, cause);
    }
}

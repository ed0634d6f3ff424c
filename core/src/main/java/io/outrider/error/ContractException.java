package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** An interface can't be a contract, or the two sides hold different versions of it; the message names the method and why. */
public final class ContractException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public ContractException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public ContractException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.CONTRACT, message, cause);
    }
}

package io.outrider.error;

import org.jspecify.annotations.Nullable;

/** A setting is invalid, or this JVM lacks something that must be given at its start; the message names it and how to give it. */
public final class ConfigurationException extends OutriderException {
    private static final long serialVersionUID = 1L;

    /** @param message what failed, for whom, and what to do about it */
    public ConfigurationException(final String message) {
        this(message, null);
    }

    /**
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    public ConfigurationException(final String message, final @Nullable Throwable cause) {
        super(ErrorCode.CONFIGURATION, message, cause);
    }
}

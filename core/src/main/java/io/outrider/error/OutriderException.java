package io.outrider.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The root of every exception that Outrider throws. Immutable apart from what {@link Throwable} itself allows. */
public abstract class OutriderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * @param code the reason, from the closed list
     * @param message what failed, for whom, and what to do about it
     * @param cause the failure underneath, or null
     */
    protected OutriderException(final ErrorCode code, final String message, final @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
    }

    /**
     * The reason for the failure, for code that wants to branch on it.
     *
     * @return one of the closed list
     */
    public final ErrorCode code() {
        return code;
    }
}

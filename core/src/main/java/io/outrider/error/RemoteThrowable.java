package io.outrider.error;

/**
 * Stands in for a throwable whose class can't be had here, so that a printed stack trace shows the remote frames, causes
 * and suppressed exceptions all the same. Made from a {@link RemoteFailure}; never thrown by itself.
 */
public final class RemoteThrowable extends Exception {
    private static final long serialVersionUID = 1L;

    private final RemoteFailure failure;

    /** @param failure what was thrown in the worker */
    public RemoteThrowable(final RemoteFailure failure) {
        super(failure.message(), failure.cause() == null ? null : new RemoteThrowable(failure.cause()));
        this.failure = failure;
        setStackTrace(failure.frames().toArray(new StackTraceElement[0]));
        failure.suppressed().forEach(each -> addSuppressed(new RemoteThrowable(each)));
    }

    /**
     * The failure as data.
     *
     * @return what this stands for
     */
    public RemoteFailure failure() {
        return failure;
    }

    /** Begins with the remote type's name where a throwable's own would begin with this class's. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return failure.toString();
    }
}

package io.outrider.error;

/** The closed list of reasons for which Outrider fails; each {@link OutriderException} carries exactly one. */
public enum ErrorCode {
    /** The lane, the arena or the table of calls in flight stayed full for as long as the caller was willing to wait. */
    BACK_PRESSURE(1),
    /** A deadline passed before the outcome arrived. */
    TIMEOUT(2),
    /** The executor, worker, object or link was closed before or during the operation. */
    CLOSED(3),
    /** The operation was refused before anything was sent. */
    REJECTED(4),
    /** A value is larger than the configured maximum. */
    TOO_LARGE(5),
    /** The peer could not prove who it is. */
    AUTHENTICATION(6),
    /** A value could not be turned into bytes, or bytes into a value. */
    SERIALIZATION(7),
    /** The user's code threw in the worker. */
    REMOTE(8),
    /** The worker process ended. */
    WORKER_DIED(9),
    /** An interface can't be a contract, or the two sides hold different versions of it. */
    CONTRACT(10),
    /** A worker did not become ready. */
    START_FAILED(11),
    /** Shared memory or disk could not be had. */
    STORAGE(12),
    /** The peer sent something that the protocol does not allow. */
    PROTOCOL(13),
    /** A setting is invalid, or the JVM lacks something that must be given at its start. */
    CONFIGURATION(14),
    /** The calling thread was interrupted while it waited. */
    INTERRUPTED(15);

    private final int number;

    ErrorCode(final int number) {
        this.number = number;
    }

    /**
     * What stands for the code between processes; never changes.
     *
     * @return from 1
     */
    public int number() {
        return number;
    }
}

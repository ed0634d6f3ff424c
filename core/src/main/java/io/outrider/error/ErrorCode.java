package io.outrider.error;

/** The closed list of reasons for which Outrider fails; each {@link OutriderException} carries exactly one. */
public enum ErrorCode {
    /** The lane, the arena or the table of calls in flight stayed full for as long as the caller was willing to wait. */
    BACK_PRESSURE,
    /** A deadline passed before the outcome arrived. */
    TIMEOUT,
    /** The executor, worker, object or link was closed before or during the operation. */
    CLOSED,
    /** The operation was refused before anything was sent. */
    REJECTED,
    /** A value is larger than the configured maximum. */
    TOO_LARGE,
    /** The peer could not prove who it is. */
    AUTHENTICATION,
    /** A value could not be turned into bytes, or bytes into a value. */
    SERIALIZATION,
    /** The user's code threw in the worker. */
    REMOTE,
    /** The worker process ended. */
    WORKER_DIED,
    /** An interface can't be a contract, or the two sides hold different versions of it. */
    CONTRACT,
    /** A worker did not become ready. */
    START_FAILED,
    /** Shared memory or disk could not be had. */
    STORAGE,
    /** The peer sent something that the protocol does not allow. */
    PROTOCOL,
    /** A setting is invalid, or the JVM lacks something that must be given at its start. */
    CONFIGURATION,
    /** The calling thread was interrupted while it waited. */
    INTERRUPTED
}

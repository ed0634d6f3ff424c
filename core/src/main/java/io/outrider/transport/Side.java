package io.outrider.transport;

/** Which end of a link a process is. */
public enum Side {
    /** Sends calls and receives outcomes. */
    CLIENT,
    /** Receives calls and sends outcomes. */
    WORKER
}

package io.outrider.transport;

/** Which end of a link a process is. */
public enum Side {
    /** Sends calls and receives outcomes. */
    CLIENT,
    /** Receives calls and sends outcomes. */
    WORKER;

    /**
     * The other end of the link.
     *
     * @return never this side
     */
    public Side peer() {
        return this == CLIENT ? WORKER : CLIENT;
    }
}

package io.outrider.worker;

/** What remains to be done when a client has ended and no call of it runs any more. */
@FunctionalInterface
public interface ClientLoss {
    /** The worker's side of its link is closed: its files may go. */
    void closed();
}

package io.outrider.protocol.control;

/**
 * Wakes the reader in the other process after it parked. Any thread may ring, whatever its interrupt status, which stays as
 * it is; ringing never blocks and allocates nothing. When the peer is dead it does nothing.
 */
@FunctionalInterface
public interface Doorbell {
    /** Wakes the peer's {@link DoorbellHub}, or lets its next wait return at once. */
    void ring();
}

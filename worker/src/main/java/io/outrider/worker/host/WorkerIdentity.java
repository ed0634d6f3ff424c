package io.outrider.worker.host;

/**
 * Which worker this is, and where it finds its classes.
 *
 * @param workerId its id
 * @param address where it listens
 * @param loader finds contracts and implementations
 */
public record WorkerIdentity(int workerId, String address, ClassLoader loader) {}

package io.outrider.api;

/**
 * A worker as it was when asked. Immutable.
 *
 * @param workerId from 0
 * @param pid of its process
 * @param incarnation which process of this worker it is, from 1
 * @param alive whether the process takes calls
 * @param objects how many objects it holds for this executor
 */
public record WorkerInfo(int workerId, long pid, int incarnation, boolean alive, int objects) {}

package io.outrider.worker;

import io.outrider.config.WaitStrategy;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.transport.Link;

/** Makes the {@link Host} of a worker, once, when the two sides have agreed. */
@FunctionalInterface
public interface HostFactory {
    /**
     * Makes a host that takes no calls yet.
     *
     * @param workerId of this worker
     * @param link open on the worker's side
     * @param hub where the reader of the call lane may park
     * @param clientBell wakes the reader of the reply lane
     * @param waitStrategy as configured
     * @param maxPayloadBytes the most that the arguments or the result of one call may take
     * @return the host
     */
    Host open(
            int workerId,
            Link link,
            DoorbellHub hub,
            Doorbell clientBell,
            WaitStrategy waitStrategy,
            int maxPayloadBytes);
}

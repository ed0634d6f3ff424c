package io.outrider.worker;

import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.transport.Link;
import io.outrider.worker.host.WorkerIdentity;
import java.nio.ByteBuffer;

/**
 * What a {@link WorkerSession} needs of the layers above the control link: values and objects. For the session's thread, in
 * the order of the methods; {@link #encode} may come at any time, also first.
 */
public interface WorkerKit {
    /** Loads what the first call will need, on a thread of its own beside all else that a start does. */
    default void prepare() {}

    /**
     * Compares what must be the same on both sides.
     *
     * @param vocabulary the launcher's
     * @throws io.outrider.error.OutriderException if it is not, naming both values
     */
    void agree(Vocabulary vocabulary);

    /**
     * Reads and runs the initializer.
     *
     * @param workerId of this worker
     * @param initializer as the launcher's marshaller wrote it
     * @throws Exception what it threw
     */
    void initialize(int workerId, ByteBuffer initializer) throws Exception;

    /**
     * Makes the host.
     *
     * @param identity which worker this is
     * @param link open on the worker's side
     * @param hub where the reader of the call lane may park
     * @param clientBell wakes the reader of the reply lane
     * @param limits as configured
     * @return the host, which takes no calls yet
     */
    Host open(WorkerIdentity identity, Link link, DoorbellHub hub, Doorbell clientBell, Limits limits);

    /**
     * Turns a failure into bytes for the launcher.
     *
     * @param failure what was thrown
     * @return the bytes, empty if it can't be
     */
    ByteBuffer encode(Throwable failure);
}

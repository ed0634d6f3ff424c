package io.outrider.launcher.process;

import io.outrider.protocol.control.ControlMessage.Vocabulary;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the layers above the control link say to a worker at its start. The same for all workers of an executor; immutable.
 *
 * @param vocabulary what must be the same on both sides
 * @param initializer as the marshaller wrote it, or null
 * @param failureReader reads what a worker's marshaller wrote
 * @param mainClass of the worker
 */
public record WorkerTerms(
        Vocabulary vocabulary, @Nullable ByteBuffer initializer, FailureReader failureReader, String mainClass) {
    /** Reads a failure that a worker sent. */
    @FunctionalInterface
    public interface FailureReader {
        /**
         * Reads the failure.
         *
         * @param workerId that sent it
         * @param failure as its marshaller wrote it
         * @return what was thrown there
         */
        Throwable read(int workerId, ByteBuffer failure);
    }

    /**
     * Terms for Outrider's own workers.
     *
     * @param vocabulary what must be the same on both sides
     * @param initializer as the marshaller wrote it, or null
     * @param failureReader reads what a worker's marshaller wrote
     */
    public WorkerTerms(
            final Vocabulary vocabulary, final @Nullable ByteBuffer initializer, final FailureReader failureReader) {
        this(vocabulary, initializer, failureReader, WorkerCommand.workerMain());
    }
}

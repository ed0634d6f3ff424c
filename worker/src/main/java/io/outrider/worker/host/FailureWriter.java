package io.outrider.worker.host;

import io.outrider.error.ErrorCode;
import io.outrider.error.OutriderException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.Refusal;
import io.outrider.telemetry.Log;
import java.lang.reflect.InvocationTargetException;

/** Writes what became of a call that has no value to answer with. For one thread at a time. */
final class FailureWriter {
    private static final Log LOG = Log.of(FailureWriter.class);

    private final Marshaller marshaller;
    private final ValueWriter outcome;

    /** Writes into a frame that was begun. */
    FailureWriter(final Marshaller marshaller, final ValueWriter outcome) {
        this.marshaller = marshaller;
        this.outcome = outcome;
    }

    /** Writes why a call has failed, whatever that is, and returns the type that the frame has then. */
    byte write(
            final Throwable failure,
            final CallStage stage,
            final boolean expired,
            final HostedObject object,
            final int method) {
        if (stage == CallStage.METHOD && expired) {
            return refuse(
                    ErrorCode.TIMEOUT,
                    object.method(method) + " was interrupted at the deadline of the call, and threw " + failure);
        }
        if (failure instanceof HostedTasks.Unreadable task) {
            return refuse(Refusal.of(task.reason()));
        }
        final boolean own = stage != CallStage.METHOD || object.id() == ObjectSystem.ID;
        if (own && failure instanceof OutriderException refusal) {
            return refuse(Refusal.of(refusal));
        }
        return switch (stage) {
            case ARGUMENTS -> refuse(ErrorCode.SERIALIZATION, "the arguments can't be read: " + failure);
            case RESULT -> refuse(ErrorCode.SERIALIZATION, "the result can't be sent: " + failure);
            case METHOD ->
                writeThrown(
                        object.id() == ObjectSystem.ID && failure instanceof InvocationTargetException target
                                ? target.getTargetException()
                                : failure,
                        object);
        };
    }

    private byte writeThrown(final Throwable thrown, final HostedObject object) {
        try {
            marshaller.writeFailure(thrown, outcome);
            return FrameDescriptor.THREW;
        } catch (final Throwable unsendable) { // no memory even for that, say: the type at least is told
            LOG.warn("what {} threw can't be sent whole", object, unsendable);
            outcome.reset(FrameDescriptor.OUTCOME_HEADER);
            return refuse(
                    ErrorCode.SERIALIZATION,
                    "the method threw " + thrown.getClass().getName() + ", which can't be sent: " + unsendable);
        }
    }

    /** Writes that a call is refused, and returns the type that the frame has then. */
    byte refuse(final Refusal refusal) {
        refusal.write(outcome);
        return FrameDescriptor.REFUSED;
    }

    private byte refuse(final ErrorCode code, final String text) {
        return refuse(new Refusal(code, text, 0, 0));
    }
}

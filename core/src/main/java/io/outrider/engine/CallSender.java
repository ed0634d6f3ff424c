package io.outrider.engine;

import io.outrider.error.BackPressureException;
import io.outrider.protocol.FrameDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends calls with what they take along, and waits for room within bounds. Safe from any thread, as each call belongs to one. */
final class CallSender {
    private final FrameSender frames;
    private final CallClient client;

    CallSender(final FrameSender frames, final CallClient client) {
        this.frames = frames;
        this.client = client;
    }

    /**
     * Sends a call; if that fails its loans are the caller's again.
     *
     * @param call whose arguments are written
     * @param deadline of the whole call
     * @return false if the client has ended, and nothing was sent
     * @throws io.outrider.error.OutriderException if it can't be sent; the call is retracted
     */
    boolean send(final PendingCall call, final Deadline deadline) {
        final short flags = call.seal();
        final int length = call.arguments().length();
        final UnsafeBuffer frame = call.arguments().buffer();
        final short inArena = frames.needsArena(length) ? FrameDescriptor.IN_ARENA : 0;
        FrameDescriptor.putCall(
                frame,
                0,
                (short) (flags | inArena),
                call.method(),
                call.correlationId(),
                call.ref().objectId());
        call.expectOutcome();
        call.outgoing().handOver(); // before the worker can have answered
        int sent = FrameSender.CLOSED;
        try {
            sent = trySend(call, frame, length);
            if (sent == FrameSender.BACK_PRESSURED) {
                sent = sendUnderPressure(call, frame, length, deadline);
            }
        } finally {
            if (sent != FrameSender.OK) {
                call.outgoing().takeBack();
            }
        }
        return sent == FrameSender.OK;
    }

    private int trySend(final PendingCall call, final UnsafeBuffer frame, final int length) {
        if (client.hasEnded()) {
            return FrameSender.CLOSED;
        }
        try {
            return frames.trySend(frame, FrameDescriptor.CALL_HEADER, length, call.claim(), call.block());
        } catch (final RuntimeException | Error failure) {
            if (call.retract()) {
                throw failure;
            }
            return FrameSender.CLOSED; // the client ended meanwhile
        }
    }

    /** The lane or the arena is full: keeps polling meanwhile, since the worker may be waiting for room for its replies. */
    private int sendUnderPressure(
            final PendingCall call, final UnsafeBuffer frame, final int length, final Deadline deadline) {
        final Deadline room = Deadline.after(client.config().backPressureTimeout());
        int fruitless = 0;
        int sent = FrameSender.BACK_PRESSURED;
        while (sent == FrameSender.BACK_PRESSURED) {
            if (client.poller().pollOrRequest() > 0) {
                fruitless = 0;
            }
            client.pause(fruitless++);
            if ((deadline.hasPassed() || room.hasPassed()) && call.retract()) {
                throw new BackPressureException("there was no room to send " + call + " (" + length + " bytes): worker "
                        + client.workerId() + " has not kept up; " + client.inFlight() + " calls are in flight");
            }
            sent = trySend(call, frame, length);
        }
        return sent;
    }
}

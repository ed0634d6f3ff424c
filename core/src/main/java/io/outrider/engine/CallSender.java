package io.outrider.engine;

import io.outrider.config.LinkConfig;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.stub.ObjectRef;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gets calls on their way: finds a slot for them, sends them, and waits for room as the settings say. A wait ends with room, or at the
 * call's deadline, or when the thread is interrupted, or when the client ends. Safe from any thread.
 */
final class CallSender {
    private static final long ROOM_PAUSE_NS = 50_000;

    private final CallClient client;
    private final FrameSender sender;
    private final PendingCalls calls;
    private final ReplyPoller poller;
    private final IdlePolicy idlePolicy;
    private final LinkConfig config;

    CallSender(
            final CallClient client,
            final FrameSender sender,
            final PendingCalls calls,
            final ReplyPoller poller,
            final IdlePolicy idlePolicy,
            final LinkConfig config) {
        this.client = client;
        this.sender = sender;
        this.calls = calls;
        this.poller = poller;
        this.idlePolicy = idlePolicy;
        this.config = config;
    }

    /** Waits for a slot, all of which were taken; the deadline counts only if the object has a timeout. */
    PendingCall awaitSlot(final ObjectRef ref, final int method, final long deadlineNs) {
        final Deadline patience = Deadline.after(config.patience());
        int fruitless = 0;
        while (true) {
            client.requireOpen();
            if (poller.pollOrRequest() > 0) {
                fruitless = 0;
            }
            final PendingCall call = calls.tryClaim(ref);
            if (call != null) {
                return call;
            }
            final String all = "all " + calls.capacity() + " calls that may be in flight to worker " + client.workerId()
                    + " wait for their outcomes: ";
            if (Thread.currentThread().isInterrupted()) {
                throw new CallInterruptedException(all + "interrupted before " + what(ref, method) + " could be sent");
            }
            if (ref.timeoutNs() != 0 && System.nanoTime() - deadlineNs >= 0) {
                throw new CallTimeoutException(
                        all + what(ref, method) + " could not be sent within " + Duration.ofNanos(ref.timeoutNs()));
            }
            if (patience.hasPassed()) {
                throw new BackPressureException(all + what(ref, method) + " was not sent ("
                        + config.backPressure() + ", backPressureTimeout " + config.backPressureTimeout()
                        + "): slow down, or raise maxInFlight or backPressureTimeout");
            }
            pause(fruitless++);
        }
    }

    private static String what(final ObjectRef ref, final int method) {
        return ref.contract().method(method) + " on " + ref;
    }

    /** Sends a call; what it throws was not sent, and the loans that should have gone with it are the caller's again. */
    void send(final PendingCall call) {
        final int flags = call.seal();
        final int length = call.arguments().length();
        final UnsafeBuffer frame = call.arguments().buffer();
        putHeader(call, flags | (sender.needsArena(length) ? FrameDescriptor.IN_ARENA : 0), call.correlationId());
        call.arguments().complete(); // or else what was sent would be kept until the outcome is here
        call.outgoing().handOver(); // before the worker can have answered, and before anybody else can end the call
        call.expectOutcome();
        int sent = FrameSender.CLOSED;
        try {
            sent = trySend(call, frame, length);
            if (sent != FrameSender.OK) {
                sent = sendUnderPressure(call, frame, length);
            }
        } finally {
            if (sent != FrameSender.OK) {
                call.outgoing().takeBack();
            }
        }
        client.sent(call, sent);
    }

    static void putHeader(final PendingCall call, final int frameFlags, final long correlationId) {
        final UnsafeBuffer frame = call.arguments().buffer();
        int flags = frameFlags;
        if (call.hasDeadline()) {
            flags |= FrameDescriptor.DEADLINE;
            FrameDescriptor.putRemaining(frame, 0, call.remainingNs(Long.MAX_VALUE));
        }
        FrameDescriptor.putCall(
                frame,
                0,
                (short) flags,
                call.method(),
                correlationId,
                call.ref().objectId());
    }

    private int trySend(final PendingCall call, final UnsafeBuffer frame, final int length) {
        if (client.hasEnded()) {
            return FrameSender.CLOSED;
        }
        try {
            return sender.trySend(frame, call.header(), length, call.claim(), call.block());
        } catch (final RuntimeException | Error failure) {
            if (call.retract()) {
                throw failure;
            }
            return FrameSender.CLOSED; // the client ended meanwhile
        }
    }

    /** The lane or the arena is full: keeps polling meanwhile, since the worker may be waiting for room for its replies. */
    private int sendUnderPressure(final PendingCall call, final UnsafeBuffer frame, final int length) {
        final Deadline patience = Deadline.after(config.patience());
        int fruitless = 0;
        while (true) {
            if (poller.pollOrRequest() > 0) {
                fruitless = 0;
            }
            if (call.hasDeadline()) {
                FrameDescriptor.putRemaining(frame, 0, call.remainingNs(Long.MAX_VALUE));
            }
            final int sent = trySend(call, frame, length);
            if (sent != FrameSender.BACK_PRESSURED) {
                return sent;
            }
            final boolean interrupted = Thread.currentThread().isInterrupted();
            if ((interrupted || call.hasExpired() || patience.hasPassed()) && call.retract()) {
                final String text = "there was no room to send " + call + " (" + length + " bytes): worker "
                        + client.workerId() + " has not kept up; " + calls.inFlight() + " calls are in flight";
                if (interrupted) {
                    throw new CallInterruptedException("interrupted: " + text);
                }
                throw call.hasExpired() ? new CallTimeoutException(text) : new BackPressureException(text);
            }
            pause(fruitless++);
        }
    }

    /** Asks the worker to give up a call, for whom the slot belongs to; does not wait for room. Returns what the sender does. */
    int trySendCancel(final PendingCall call, final boolean interrupt) {
        if (client.hasEnded()) {
            return FrameSender.CLOSED;
        }
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameDescriptor.CANCEL_LENGTH]);
        FrameDescriptor.putCancel(frame, 0, interrupt, call.correlationId());
        return sender.trySend(
                frame, FrameDescriptor.CANCEL_LENGTH, FrameDescriptor.CANCEL_LENGTH, call.claim(), call.block());
    }

    /** Waits a little where there is nothing to block on: a parked thread would not see room appear. */
    private void pause(final int fruitless) {
        if (!idlePolicy.idle(fruitless)) {
            LockSupport.parkNanos(this, ROOM_PAUSE_NS);
        }
    }
}

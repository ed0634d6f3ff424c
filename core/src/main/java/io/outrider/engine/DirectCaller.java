package io.outrider.engine;

import io.outrider.error.ProtocolException;
import io.outrider.transport.DirectSlots;

/**
 * The shortest way of a synchronous call: by a direct slot, where its caller alone waits for its own reply. No tail to claim, no
 * poll role, nobody else's frames. Short calls take it where the transport has slots; the others, and long replies, go by the
 * lane. For the calling threads.
 */
final class DirectCaller {
    private static final int CHECK_EVERY = 16;

    private final CallClient client;
    private final DirectSlots slots;
    private final Waker waker;
    private final int count;
    private final int maxFrameLength;

    DirectCaller(final CallClient client, final DirectSlots slots, final Waker waker) {
        this.client = client;
        this.slots = slots;
        this.waker = waker;
        this.count = slots.count();
        this.maxFrameLength = slots.maxFrameLength();
    }

    /** Whether a call whose arguments are written has a direct slot, and fits into it; one with a buffer that is to be read on the lane does not. */
    boolean carries(final PendingCall call) {
        if (call.index() >= count) {
            return false;
        }
        call.seal(); // what it takes along counts, too
        return call.arguments().length() <= maxFrameLength && !call.arguments().holdsBuffer();
    }

    /** Sends a call and returns when it has ended; throws if its caller gives it up. */
    void invoke(final PendingCall call) {
        CallSender.putHeader(call, call.seal(), call.correlationId());
        call.watchDirectly();
        slots.send(call.index(), call.arguments().buffer(), call.arguments().length());
        call.outgoing().handOver(); // while the frame crosses: only this thread takes what comes with the reply
        final boolean woke = waker.wake();
        final IdlePolicy idlePolicy = client.idlePolicy();
        int polls = 0;
        int reply = slots.poll(call.index());
        while (reply == DirectSlots.NOTHING && (woke ? idlePolicy.idleAfterWake(polls) : idlePolicy.idle(polls))) {
            final boolean leaves = ++polls % CHECK_EVERY == 0 && watchesNoLonger(call);
            reply = slots.poll(call.index()); // after that look: what a worker said before it ended counts
            if (leaves) {
                break;
            }
        }
        if (reply > 0 || reply == DirectSlots.GARBLED) {
            take(call, reply);
        } else if (call.watchNoMore()) {
            awaitWithOthers(call, polls);
        }
    }

    private void take(final PendingCall call, final int reply) {
        try {
            call.takeDirect(reply);
        } catch (final ProtocolException garbled) {
            client.poller().countGarbled(call);
            throw garbled;
        }
    }

    private boolean watchesNoLonger(final PendingCall call) {
        return client.hasEnded() || call.hasExpired() || Thread.currentThread().isInterrupted();
    }

    /** Whoever polls looks at the slot as well from now on, since the caller is about to park, or the reply comes by the lane. */
    private void awaitWithOthers(final PendingCall call, final int polls) {
        final ReplyPoller poller = client.poller();
        poller.awaitDirect();
        try {
            client.failIfEnded(call);
            client.awaitOutcome(call, polls);
        } finally {
            if (call.isOwned()) { // otherwise it was given up, and the poller still waits for its outcome
                poller.awaitDirectNoMore();
            }
        }
    }
}

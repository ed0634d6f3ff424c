package io.outrider.engine;

import io.outrider.protocol.FrameDescriptor;
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

    /** Whether a call has a direct slot, and fits into it. */
    boolean carries(final PendingCall call) {
        return call.index() < count && call.arguments().length() <= maxFrameLength;
    }

    void send(final PendingCall call) {
        FrameDescriptor.putCall(
                call.arguments().buffer(),
                0,
                (short) 0,
                call.method(),
                call.correlationId(),
                call.ref().objectId());
        call.watchDirectly();
        slots.send(call.index(), call.arguments().buffer(), call.arguments().length());
        waker.wake();
    }

    /** Returns when the call has ended, or waits for its outcome as a call by the lane does; throws if its caller gives it up. */
    void watch(final PendingCall call, final Deadline deadline) {
        int polls = 0;
        int reply = slots.poll(call.index());
        while (reply == DirectSlots.NOTHING) {
            if (++polls % CHECK_EVERY == 0 && hasEnded(call, deadline)) {
                return;
            }
            if (!client.idlePolicy().idle(polls)) {
                park(call, deadline);
                return;
            }
            reply = slots.poll(call.index());
        }
        if (reply == DirectSlots.IN_LANE) {
            watchNoMore(call);
        } else {
            call.takeDirect(reply);
        }
    }

    private boolean hasEnded(final PendingCall call, final Deadline deadline) {
        if (client.hasEnded()) {
            // The worker's last word counts: it was there before its end was noticed.
            return slots.poll(call.index()) == DirectSlots.NOTHING && call.failDirect();
        }
        client.giveUp(call, deadline);
        return !call.isInFlight();
    }

    private void park(final PendingCall call, final Deadline deadline) {
        if (watchNoMore(call)) {
            client.park(call, deadline);
        }
    }

    private boolean watchNoMore(final PendingCall call) {
        final boolean waits = call.watchNoMore();
        if (waits) {
            client.failIfEnded(call);
        }
        return waits;
    }
}

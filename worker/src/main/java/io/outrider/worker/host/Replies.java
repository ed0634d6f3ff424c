package io.outrider.worker.host;

import io.outrider.engine.FrameSender;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.Waker;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import io.outrider.transport.DirectSlots;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** Where outcomes are sent, and how long to wait for room: as long as the client lives. Safe from any thread. */
final class Replies {
    private static final long PAUSE_NS = 50_000;

    private final FrameSender sender;
    private final DirectSlots slots;
    private final Waker waker;
    private final IdlePolicy idlePolicy;
    private final Runnable wakeLeader;
    private final AtomicInteger waitingForLane = new AtomicInteger(); // outcomes
    private volatile boolean closed;

    Replies(
            final FrameSender sender,
            final DirectSlots slots,
            final Waker waker,
            final IdlePolicy idlePolicy,
            final Runnable wakeLeader) {
        this.sender = sender;
        this.slots = slots;
        this.waker = waker;
        this.idlePolicy = idlePolicy;
        this.wakeLeader = wakeLeader;
    }

    short flags(final int length) {
        return sender.needsArena(length) ? FrameDescriptor.IN_ARENA : 0;
    }

    /** Sends an outcome by the lane. Waits for room as long as the client lives, and leaves the thread's interrupt as it was. */
    void send(final UnsafeBuffer outcome, final int length, final Claim claim, final ArenaBlock block) {
        if (trySend(outcome, length, claim, block) != FrameSender.BACK_PRESSURED) {
            return;
        }
        final boolean forLane = !sender.needsArena(length); // a block may be given back by what the client calls next
        if (forLane) {
            waitingForLane.incrementAndGet();
        }
        boolean interrupted = false;
        try {
            int fruitless = 0;
            do {
                interrupted |= Thread.interrupted(); // with which it would not wait, but spin
            } while (awaitRoom(fruitless++) && trySend(outcome, length, claim, block) == FrameSender.BACK_PRESSURED);
        } finally {
            if (forLane && waitingForLane.decrementAndGet() == 0) {
                wakeLeader.run();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int trySend(final UnsafeBuffer outcome, final int length, final Claim claim, final ArenaBlock block) {
        return sender.trySend(outcome, FrameDescriptor.OUTCOME_HEADER, length, claim, block);
    }

    /** Whether an outcome waits for room in the lane: then nothing more is taken from the client, which would take one more thread. */
    boolean isLaneFull() {
        return waitingForLane.get() != 0;
    }

    /** Sends an outcome by the direct slot that its caller watches; false if it is too long and must go by the lane. */
    boolean sendDirect(final int slot, final UnsafeBuffer outcome, final int length) {
        final boolean sent = slots.reply(slot, outcome, length);
        waker.wake();
        return sent;
    }

    /** Tells the caller that watches a direct slot to look for its outcome in the lane. */
    void announceInLane(final int slot) {
        slots.replyInLane(slot);
        waker.wake();
    }

    /** Waits a little for room; false if there is nobody left to reply to. */
    boolean awaitRoom(final int fruitless) {
        if (!idlePolicy.idle(fruitless)) {
            LockSupport.parkNanos(this, PAUSE_NS);
        }
        return !closed;
    }

    void close() {
        closed = true;
    }
}

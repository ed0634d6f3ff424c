package io.outrider.worker.host;

import io.outrider.engine.FrameSender;
import io.outrider.engine.IdlePolicy;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** Where outcomes are sent, and how long to wait for room: as long as the client lives. Safe from any thread. */
final class Replies {
    private static final long PAUSE_NS = 50_000;

    private final FrameSender sender;
    private final IdlePolicy idlePolicy;
    private volatile boolean closed;

    Replies(final FrameSender sender, final IdlePolicy idlePolicy) {
        this.sender = sender;
        this.idlePolicy = idlePolicy;
    }

    short flags(final int length) {
        return sender.needsArena(length) ? FrameDescriptor.IN_ARENA : 0;
    }

    int trySend(final UnsafeBuffer outcome, final int length, final Claim claim, final ArenaBlock block) {
        return sender.trySend(outcome, FrameDescriptor.OUTCOME_HEADER, length, claim, block);
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

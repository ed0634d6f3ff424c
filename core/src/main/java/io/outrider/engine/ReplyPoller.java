package io.outrider.engine;

import io.outrider.loan.LinkArena;
import io.outrider.loan.UnreadMessages;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.telemetry.Log;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import io.outrider.transport.Subscription;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of the reply lane. A caller that waits takes the poll role and completes other callers' outcomes on the
 * way; what nobody polls for is <em>awaited</em>: by callers that have parked and by futures. For those the background agent
 * polls, and while it sleeps the lane's parked flag is up, so that the worker rings for each reply.
 *
 * <p>No reply is left lying: whoever adds to {@link #awaited} either sees the agent awake, and the agent looks at
 * {@code awaited} once more after it has said that it sleeps; or raises the flag and polls once more after that.
 */
final class ReplyPoller {
    private static final Log LOG = Log.of(ReplyPoller.class);
    private static final long ROLE_PAUSE_NS = 20_000;
    private static final int FRAMES_AT_ONCE = 16;

    private final PollRole role = new PollRole();
    private final AtomicInteger awaited = new AtomicInteger();
    private final AtomicInteger unwatched = new AtomicInteger();
    private final Queue<PendingCall> delivered = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();
    private final AtomicLong malformedFrames = new AtomicLong();
    private final AtomicLong lateOutcomes = new AtomicLong();
    private final UnreadMessages unread;
    private final FrameHandler handler = this::onFrame;
    private final Consumer<PendingCall> directTaker = this::takeUnwatched;
    private final Subscription subscription;
    private final DirectSlots slots;
    private final LinkStatus status;
    private final PendingCalls calls;
    private final CallClient client;
    private int takenDirect; // of one poll, by the holder of the role
    private volatile boolean agentAwake;

    ReplyPoller(
            final Link link,
            final DirectSlots slots,
            final PendingCalls calls,
            final LinkArena loans,
            final CallClient client) {
        this.subscription = link.subscription();
        this.slots = slots;
        this.status = link.status();
        this.calls = calls;
        this.unread = new UnreadMessages(loans);
        this.client = client;
    }

    /** Takes the poll role if it is free. Whoever has it polls at least once and then calls {@link #release}. */
    boolean tryAcquire() {
        return role.tryAcquire();
    }

    /** Like {@link #tryAcquire()}, but waits for so long, in nanoseconds. */
    boolean tryAcquire(final long patienceNs) {
        final long giveUpAt = System.nanoTime() + patienceNs;
        while (!role.tryAcquire()) {
            if (System.nanoTime() - giveUpAt > 0) {
                return false;
            }
            LockSupport.parkNanos(this, ROLE_PAUSE_NS);
        }
        return true;
    }

    /** For the holder of the role: takes what is there; 0 if nothing was. */
    int poll() {
        final int polled = subscription.poll(handler, FRAMES_AT_ONCE);
        return unwatched.get() == 0 ? polled : Math.max(0, polled) + pollDirect();
    }

    private int pollDirect() {
        takenDirect = 0;
        calls.forEachDirect(directTaker);
        return takenDirect;
    }

    private void takeUnwatched(final PendingCall call) {
        final int length = call.isUnwatched() ? slots.poll(call.index()) : DirectSlots.NOTHING;
        if (length > 0) {
            takenDirect++;
            onFrame(slots.replies(), slots.replyOffset(call.index()), length);
        } else if (length == DirectSlots.GARBLED) {
            countGarbled(call);
            freeIfAbandoned(call, null);
            call.failGarbled();
        }
    }

    /** What came for a call by its direct slot is no outcome of it. */
    void countGarbled(final PendingCall call) {
        malformedFrames.incrementAndGet();
        LOG.warn("worker {} answered {} with what is no outcome", client.workerId(), call);
    }

    /** A caller no longer watches its direct slot: it is looked at in each poll from now on. */
    void awaitDirect() {
        unwatched.incrementAndGet();
    }

    void awaitDirectNoMore() {
        unwatched.decrementAndGet();
    }

    /** Lets the role go, polls once more if somebody asked, and delivers what was polled for futures. */
    void release() {
        while (!role.letGo()) {
            poll();
        }
        deliver();
    }

    /** Polls if nobody else does; if somebody does, sees to it that one more poll follows. Returns how many frames came. */
    int pollOrRequest() {
        if (!role.acquireOrRequest()) {
            return 0;
        }
        final int polled = poll();
        release();
        return Math.max(0, polled);
    }

    /** Something will be awaited that nobody polls for. Call before the call is sent. */
    void await() {
        awaited.incrementAndGet();
        if (!agentAwake && !status.isParked(Side.CLIENT)) {
            status.park(Side.CLIENT);
        }
    }

    /** What was awaited has come, or is not awaited any more. */
    void awaitNoMore() {
        awaited.decrementAndGet();
    }

    boolean isAwaited() {
        return awaited.get() > 0;
    }

    /** For the agent: says whether it polls, or is about to sleep. */
    void agentAwake(final boolean awake) {
        agentAwake = awake;
    }

    /** For the agent, about to sleep: raises the flag and polls once more; true if that found nothing. */
    boolean armForSleep() {
        if (awaited.get() == 0) {
            return true;
        }
        status.park(Side.CLIENT);
        return pollOrRequest() == 0;
    }

    long malformedFrames() {
        return malformedFrames.get();
    }

    long lateOutcomes() {
        return lateOutcomes.get();
    }

    /** Runs what was polled for futures and subscribers, and is theirs to go on with; not with the poll role. */
    void deliver() {
        Runnable action = actions.poll();
        while (action != null) {
            try {
                action.run();
            } catch (final RuntimeException | Error failure) { // of the user's executor, on the thread of somebody else
                LOG.error("a subscriber of worker {} was not told of its values", client.workerId(), failure);
            }
            action = actions.poll();
        }
        PendingCall call = delivered.poll();
        while (call != null) {
            awaited.decrementAndGet();
            if (call.sink() instanceof AsyncOutcome<?> outcome) {
                outcome.deliver();
            }
            call = delivered.poll();
        }
    }

    /** Has something run once the role is released. */
    void actLater(final Runnable action) {
        actions.add(action);
    }

    /** Has a future completed, once the role is released. */
    void deliverLater(final PendingCall call) {
        delivered.add(call);
    }

    private void onFrame(final DirectBuffer frame, final int offset, final int length) {
        try {
            if (FrameDescriptor.isStream(frame, offset, length)) {
                if (!client.streams().onFrame(frame, offset, length)) {
                    unread.release(frame, offset, length);
                }
                return;
            }
            if (!FrameDescriptor.isOutcome(frame, offset, length)) {
                malformedFrames.incrementAndGet();
                LOG.warn("dropped a frame of {} bytes from worker {}: it is no outcome", length, client.workerId());
                return;
            }
            final PendingCall call = calls.find(FrameDescriptor.correlationId(frame, offset));
            if (call == null || !complete(call, frame, offset, length)) {
                lateOutcomes.incrementAndGet();
                unread.release(frame, offset, length);
            }
        } catch (final RuntimeException | Error failure) { // the lane counts the frame as read, so say what was lost
            malformedFrames.incrementAndGet();
            LOG.error("dropped an outcome of {} bytes from worker {}", length, client.workerId(), failure);
        }
    }

    private boolean complete(final PendingCall call, final DirectBuffer frame, final int offset, final int length) {
        final OutcomeSink sink = call.sink(); // before completion, after which the slot may be used again
        if (!call.complete(frame, offset, length)) {
            final boolean direct = call.isDirect();
            if (call.freeIfAbandoned(frame, offset, length, actions::add)) {
                freed(sink, direct);
            }
            return false;
        }
        if (sink != null) {
            sink.completed(call);
        }
        return true;
    }

    /** Frees a call that was given up, if it was, and tells the sink that it had. */
    void freeIfAbandoned(final PendingCall call, final @Nullable OutcomeSink sink) {
        final boolean direct = call.isDirect();
        if (call.freeIfAbandoned()) {
            freed(sink, direct);
        }
    }

    private void freed(final @Nullable OutcomeSink sink, final boolean direct) {
        awaited.decrementAndGet();
        unwatched.addAndGet(direct ? -1 : 0);
        if (sink != null) {
            sink.dropped();
        }
    }
}

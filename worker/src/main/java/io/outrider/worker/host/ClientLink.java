package io.outrider.worker.host;

import io.outrider.api.CurrentArena;
import io.outrider.engine.FrameSender;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.Waker;
import io.outrider.error.ClosedException;
import io.outrider.loan.LinkArena;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.control.Doorbell;
import io.outrider.transport.BufferArena;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import io.outrider.transport.Subscription;
import io.outrider.worker.ClientLoss;
import io.outrider.worker.client.CallContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The worker's end of the link of one client: where its calls come from and its outcomes go. Once the client has ended nothing
 * is taken from it or sent to it; its memory is let go when no call of it runs any more. Safe from any thread, except what
 * is the leader's.
 */
final class ClientLink {
    /** The client that started this worker, and whose end is the worker's. */
    static final int OWNER = 0;

    /** After so many polls in vain a client counts as idle: as many as go by while its thread waits for a processor. */
    private static final int IDLE_POLLS = 100_000;
    /** Of so many rounds an idle client is polled in one, a power of two: soon enough for a caller that spins. */
    private static final int IDLE_ROUNDS = 8;

    private static final int RETIRED = Integer.MIN_VALUE;

    /** How a worker waits, and for how long at the most where a client's arena is full; null for as long as it takes. */
    record Waits(IdlePolicy idlePolicy, @Nullable Duration patience) {}

    private final int number;
    private final Link link;
    private final LinkArena loans;
    private final Replies replies;
    private final WorkerStreams streams;
    private final ClientLoss loss;
    private final CallContext context;
    private final Subscription subscription;
    private final DirectSlots slots;
    private boolean laneFirst; // the leader's
    private final AtomicInteger running = new AtomicInteger();
    private int fruitless; // the leader's
    private @Nullable HostedObject references; // before it is polled

    ClientLink(
            final int number,
            final Link link,
            final Doorbell bell,
            final Waits waits,
            final StreamTurns turns,
            final ClientLoss loss,
            final CallContext context) {
        this.number = number;
        this.link = link;
        this.loss = loss;
        this.context = context;
        this.subscription = link.subscription();
        this.loans = new LinkArena(
                link.arena(),
                number == OWNER ? "the launcher" : "client " + number,
                new LinkArena.Patience(
                        waits.patience(),
                        waits.idlePolicy()::idle,
                        () -> {},
                        () -> new ClosedException("the link to " + this + " has ended")));
        loans.addressee(addressee());
        this.slots = link.directSlots();
        final Waker waker = new Waker(link.status(), Side.CLIENT, bell);
        final FrameSender sender = new FrameSender(link, waker);
        this.replies = new Replies(sender, slots, waker, waits.idlePolicy(), turns::wakeLeader);
        this.streams = new WorkerStreams(this, sender, waits.idlePolicy(), turns);
    }

    /** What this client calls to say which references it needs. */
    @Nullable
    HostedObject references() {
        return references;
    }

    void references(final HostedObject hosted) {
        references = hosted;
    }

    /** From 0, which is the {@link #OWNER}; never used again. */
    int number() {
        return number;
    }

    /** Whether it has been told that its client is gone, and everybody else after it. */
    boolean isLost() {
        return context.client().isLost();
    }

    /** The name by which this process knows it as the receiver of messages. */
    String addressee() {
        return "#" + number;
    }

    boolean isOwner() {
        return number == OWNER;
    }

    /** The calling thread is about to run a call of this client: tells the code of the objects whose it is, until another one enters. */
    void enterThread() {
        if (context.enter()) {
            CurrentArena.ofThread(isOwner() ? null : loans); // the owner's is that of the process
        }
    }

    Replies replies() {
        return replies;
    }

    WorkerStreams streams() {
        return streams;
    }

    LinkArena loans() {
        return loans;
    }

    BufferArena arena() {
        return link.arena();
    }

    private LinkStatus status() {
        return link.status();
    }

    /** For the leader: whether to poll this client in a round. One that is idle costs the others next to nothing that way. */
    boolean isDue(final int round) {
        return fruitless < IDLE_POLLS || ((round + number) & (IDLE_ROUNDS - 1)) == 0;
    }

    /** For the leader: takes at most one frame; none from the lane while an outcome waits for room in the other one. */
    int poll(final CallRunner runner, final FrameHandler intake) {
        // The slots before and after the lane: a round is shorter than the wait at its end, and who calls by a slot
        // counts nanoseconds.
        int polled = laneFirst ? 0 : pollDirect(runner, intake);
        laneFirst = polled > 0; // so that neither the lane nor the slots wait for the other to fall silent
        if (polled <= 0) {
            polled = pollLane(intake);
        }
        if (polled <= 0) {
            polled = pollDirect(runner, intake);
        }
        if (polled > 0) {
            fruitless = 0;
        } else if (fruitless < IDLE_POLLS) {
            fruitless++;
        }
        return polled;
    }

    /** For the leader: takes a call out of its direct slot if it was not taken yet; false if it was, or has none. */
    boolean takeDirect(final CallRunner runner, final long correlationId) {
        final int slot = slots.takeCall(
                (frame, offset, length) -> FrameDescriptor.isCall(frame, offset, length)
                        && FrameDescriptor.correlationId(frame, offset) == correlationId,
                runner::take);
        if (slot == DirectSlots.NONE) {
            return false;
        }
        runner.answerTo(slot);
        return true;
    }

    /** For the leader: is about to sleep. */
    void park() {
        status().park(Side.WORKER);
    }

    /** For the leader: has woken. */
    void unpark() {
        status().unpark(Side.WORKER);
    }

    /** A call of this client goes on off the leader, until {@link #leave}. */
    void enter() {
        running.incrementAndGet();
    }

    void leave() {
        running.decrementAndGet();
    }

    /** The client has ended, or the worker is about to: nobody waits for room for its outcomes any more. */
    void end() {
        replies.close();
        streams.stopAll();
    }

    /** Like {@link #enter}, for an outcome that comes when the client may be gone: false if its memory is. */
    boolean tryEnter() {
        int now = running.get();
        while (now >= 0 && !running.compareAndSet(now, now + 1)) {
            now = running.get();
        }
        return now >= 0;
    }

    private int pollLane(final FrameHandler intake) {
        return replies.isLaneFull() ? 0 : subscription.poll(intake, 1);
    }

    private int pollDirect(final CallRunner runner, final FrameHandler intake) {
        final int slot = slots.nextCall(intake);
        if (slot == DirectSlots.NONE) {
            return 0;
        }
        runner.answerTo(slot);
        return 1;
    }

    /** For the leader, which polls it no more: false while a call of it goes on, so that its memory must stay. */
    boolean tryRetire() {
        return running.compareAndSet(0, RETIRED);
    }

    /** Lets its memory go, once it is retired. */
    void close() {
        loans.close();
        link.close();
        loss.closed();
    }

    @Override
    public String toString() {
        return isOwner() ? "the launcher" : "client " + number;
    }
}

package io.outrider.engine;

import io.outrider.contract.ContractMethod;
import io.outrider.error.ProtocolException;
import io.outrider.loan.BlockOutbox;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.stream.OutboundStream;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import io.outrider.transport.DirectSlots;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One slot of the table of pending calls: everything that a call needs on its way out and back, kept and used again. It
 * belongs to the thread that claimed it, except that whoever polls the reply lane may turn WAITING into DONE or FAILED:
 *
 * <pre>
 *   FREE -> CLAIMED -> WAITING -> DONE -> FREE
 *                 \        \-> FAILED -> FREE     the worker is gone or the client closed
 *                  \        \-> ABANDONED -> FREE the caller gave up; freed by the late outcome
 *                   \-> FREE                      nothing was sent
 * </pre>
 *
 * A call by its direct slot is DIRECT in place of WAITING while its caller watches that slot: nobody else ends it then, unless its
 * outcome comes by the lane after all.
 */
final class PendingCall implements OutgoingCall {
    /** The bits of a correlation id that name the slot; the others count its uses. */
    static final int INDEX_BITS = 16;

    private static final int FREE = 0;
    private static final int CLAIMED = 1;
    private static final int WAITING = 2;
    private static final int DONE = 3;
    private static final int FAILED = 4;
    private static final int ABANDONED = 5;
    private static final int DIRECT = 6;
    private static final int UNSEALED = -1;

    private static final VarHandle STATE;
    private static final VarHandle CORRELATION_ID;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(PendingCall.class, "state", int.class);
            CORRELATION_ID = lookup.findVarHandle(PendingCall.class, "correlationId", long.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    private volatile @Nullable Thread waiter;
    private long correlationId;

    private final int index;
    private final DirectSlots slots;
    private final BlockOutbox outgoing;
    private final ValueWriter arguments;
    private final PendingOutcome outcome;
    private final Claim claim = new Claim();
    private final ArenaBlock block = new ArenaBlock();
    private int flags = UNSEALED; // of the call's frame, but for what depends on how it is sent
    private boolean direct; // published by the state
    private boolean garbled; // published by the state
    private @Nullable ObjectRef ref;
    private int method;
    private @Nullable Thread owner;
    private @Nullable OutcomeSink sink;
    private long tag;
    private long timeoutNs;
    private long deadlineNs; // if timeoutNs is not 0
    private boolean interruptKept; // for the caller alone
    private @Nullable LongConsumer late;
    private @Nullable ClientStreams streams;
    private @Nullable List<OutboundStream> sources; // what the call was given that stands for values over time

    PendingCall(
            final int index,
            final DirectSlots slots,
            final Marshaller marshaller,
            final int maxPayloadBytes,
            final LinkArena arena) {
        this.index = index;
        this.slots = slots;
        correlationId = index;
        outgoing = new BlockOutbox(arena);
        arguments = new ValueWriter(marshaller, maxPayloadBytes, outgoing);
        outcome = new PendingOutcome(marshaller, arena, outgoing);
    }

    boolean tryClaim() {
        return (int) STATE.getOpaque(this) == FREE && STATE.compareAndSet(this, FREE, CLAIMED);
    }

    /**
     * For the claiming thread: begins a new use, so that an outcome of an earlier one can't be taken for this one's. The deadline
     * counts only if the target has a timeout.
     */
    void start(final ObjectRef target, final int methodIndex, final long endsAtNs) {
        ref = target;
        method = methodIndex;
        direct = false;
        garbled = false;
        timeoutNs = target.timeoutNs();
        deadlineNs = endsAtNs;
        owner = Thread.currentThread();
        // Pairs with the poller's read: the frame that carries the id reaches it through release and acquire alone.
        CORRELATION_ID.setRelease(this, correlationId + (1L << INDEX_BITS));
        flags = UNSEALED;
        arguments.reset(header());
    }

    /** How long the header of its frame is, in bytes. */
    int header() {
        return timeoutNs == 0 ? FrameDescriptor.CALL_HEADER : FrameDescriptor.DEADLINE_HEADER;
    }

    boolean hasDeadline() {
        return timeoutNs != 0;
    }

    /** How long the call may take in all, in nanoseconds. */
    long timeoutNs() {
        return timeoutNs;
    }

    boolean hasExpired() {
        return timeoutNs != 0 && System.nanoTime() - deadlineNs >= 0;
    }

    /** The time that is left, but no more than a bound. */
    long remainingNs(final long boundNs) {
        return timeoutNs == 0 ? boundNs : Math.max(0, Math.min(boundNs, deadlineNs - System.nanoTime()));
    }

    /** Ends the arguments, once; the flags that the frame must have, but for what depends on how it is sent. */
    int seal() {
        if (flags == UNSEALED) {
            flags = (outgoing.seal(arguments) ? FrameDescriptor.HAS_BLOCKS : 0)
                    | (arguments.holdsBuffer() ? FrameDescriptor.IN_PLACE : 0);
        }
        return flags;
    }

    /** The blocks that go with the arguments. */
    BlockOutbox outgoing() {
        return outgoing;
    }

    @Override
    public ValueWriter arguments() {
        return arguments;
    }

    /** Where arguments go that stand for values over time; once, before the slot is used. */
    void streams(final ClientStreams ofClient) {
        streams = ofClient;
    }

    @Override
    public void putStream(final Object source, final int parameter) {
        if (streams == null) {
            throw new IllegalStateException("the slot has no streams");
        }
        final OutboundStream taken = streams.take(source, contractMethod(), parameter);
        sources = sources == null ? new ArrayList<>() : sources;
        sources.add(taken);
        arguments.putLong(taken.id());
        arguments.putInt(streams.window().items());
        arguments.putInt(streams.window().bytes());
    }

    /** Takes over what the call was given: it lives on when the slot is freed. */
    @Nullable
    List<OutboundStream> takeSources() {
        final List<OutboundStream> taken = sources;
        sources = null;
        return taken;
    }

    ContractMethod contractMethod() {
        return ref().contract().method(method);
    }

    @Override
    public ValueReader result() {
        return outcome.value();
    }

    Claim claim() {
        return claim;
    }

    ArenaBlock block() {
        return block;
    }

    long correlationId() {
        return (long) CORRELATION_ID.getAcquire(this);
    }

    int method() {
        return method;
    }

    ObjectRef ref() {
        final ObjectRef target = ref;
        if (target == null) {
            throw new IllegalStateException("the call was not started");
        }
        return target;
    }

    /** Who takes the call when its outcome is here; null if its caller waits for it. */
    @Nullable
    OutcomeSink sink() {
        return sink;
    }

    /** For the caller that will not wait. */
    void sendTo(final OutcomeSink takesOutcome, final long callersTag) {
        sink = takesOutcome;
        tag = callersTag;
    }

    long tag() {
        return tag;
    }

    /** Opens the slot to whoever polls; the frame that is sent after this publishes it. */
    void expectOutcome() {
        STATE.setRelease(this, WAITING);
    }

    /** Takes back {@link #expectOutcome}, when nothing was sent; false if the call was failed meanwhile. */
    boolean retract() {
        return STATE.compareAndSet(this, WAITING, CLAIMED);
    }

    boolean isWaiting() {
        return (int) STATE.getAcquire(this) == WAITING;
    }

    boolean isFree() {
        return (int) STATE.getAcquire(this) == FREE;
    }

    /** The place of this slot in the table, and of its direct slot if it has one. */
    int index() {
        return index;
    }

    /** For the caller, before it sends by the direct slot and watches it. */
    void watchDirectly() {
        direct = true;
        STATE.setRelease(this, DIRECT);
    }

    /** Whether its outcome is still to come, whoever watches for it. */
    boolean isInFlight() {
        final int now = (int) STATE.getAcquire(this);
        return now == WAITING || now == DIRECT;
    }

    /** For the caller that watched: others may end the call from now on; false if its outcome has come by the lane. */
    boolean watchNoMore() {
        return STATE.compareAndSet(this, DIRECT, WAITING);
    }

    /** Whether it was sent by the direct slot; for whoever has seen the state that this was published by. */
    boolean isDirect() {
        return direct;
    }

    /** For the poller: whether an outcome that nobody watches for may come by the direct slot. */
    boolean isUnwatched() {
        final int now = (int) STATE.getAcquire(this);
        return (now == WAITING || now == ABANDONED) && direct;
    }

    /** For the caller that watches: takes the outcome from its direct slot, where it stays until the slot is freed. */
    void takeDirect(final int length) {
        final DirectBuffer frame = slots.replies();
        final int offset = slots.replyOffset(index);
        final long head = length < FrameDescriptor.OUTCOME_HEADER ? 0 : FrameDescriptor.head(frame, offset);
        if (!FrameDescriptor.isOutcome(head, length)
                || FrameDescriptor.isInArena(head)
                || FrameDescriptor.correlationId(frame, offset) != correlationId) {
            throw garbledOutcome();
        }
        outcome.leave(head, frame, offset, length);
        STATE.setRelease(this, DONE);
    }

    /** For the poller: fails a call that waits, since what stands in its direct slot is no outcome. */
    boolean failGarbled() {
        garbled = true;
        return failWaiting();
    }

    boolean isGarbled() {
        return garbled;
    }

    ProtocolException garbledOutcome() {
        return new ProtocolException(
                "worker " + ref().workerId() + " answered " + this + " with a frame that is no outcome of it");
    }

    /** Whether the worker has answered, but not with a value. */
    boolean isRefused() {
        return (int) STATE.getAcquire(this) == DONE && !outcome.isValue();
    }

    boolean isFailed() {
        return (int) STATE.getAcquire(this) == FAILED;
    }

    /**
     * For the caller, who was interrupted: puts that aside until the outcome is here, if the method is to be waited
     * for.
     */
    boolean keepInterrupt() {
        if (!ref().contract().method(method).uninterruptible()) {
            return false;
        }
        interruptKept = true;
        Thread.interrupted(); // or else it could not park
        return true;
    }

    /** For the caller, who waits no more: gives back the interrupt that was put aside, if one was. */
    void restoreInterrupt() {
        if (interruptKept) {
            interruptKept = false;
            Thread.currentThread().interrupt();
        }
    }

    void waiter(final @Nullable Thread thread) {
        waiter = thread;
    }

    /** For the poller: takes an outcome that was polled; false if nobody waits for it, and then nothing was changed. */
    boolean complete(final DirectBuffer frame, final int offset, final int length) {
        final int before = (int) STATE.getAcquire(this);
        if (before != WAITING && before != DIRECT) {
            return false;
        }
        outcome.take(frame, offset, length);
        if (before == WAITING
                && sink == null
                && owner == Thread.currentThread()) { // the caller polls for itself, so it has not given up
            STATE.setRelease(this, DONE);
            return true;
        }
        if (!STATE.compareAndSet(this, before, DONE)
                && !STATE.compareAndSet(this, WAITING, DONE)) { // the caller gave up just now
            return false;
        }
        wakeWaiter();
        return true;
    }

    /** For the caller, before it sends: who is to have the result, a long, if the call is given up and it comes all the same. */
    void lateTo(final LongConsumer taker) {
        late = taker;
    }

    /** For the poller, when the outcome of a call has come that was given up: frees the slot, and has a late result taken. */
    boolean freeIfAbandoned(
            final DirectBuffer frame, final int offset, final int length, final Consumer<Runnable> actions) {
        if (!STATE.compareAndSet(this, ABANDONED, CLAIMED)) {
            return false;
        }
        final LongConsumer taker = late;
        if (taker != null && FrameDescriptor.type(frame, offset) == FrameDescriptor.VALUE) {
            outcome.take(frame, offset, length);
            openResult();
            final long result = outcome.value().getLong();
            actions.accept(() -> taker.accept(result));
        }
        clear();
        STATE.setRelease(this, FREE);
        return true;
    }

    /** For whoever ends the client: frees the slot of a call that was given up. */
    boolean freeIfAbandoned() {
        if (!STATE.compareAndSet(this, ABANDONED, CLAIMED)) {
            return false;
        }
        clear();
        STATE.setRelease(this, FREE);
        return true;
    }

    /** For whoever ends the client: fails the call if it still waits. */
    boolean failWaiting() {
        if (!STATE.compareAndSet(this, WAITING, FAILED)) {
            return false;
        }
        wakeWaiter();
        return true;
    }

    private void wakeWaiter() {
        final Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    boolean isAbandoned() {
        return (int) STATE.getAcquire(this) == ABANDONED;
    }

    /** For the caller: gives up waiting and the slot with it; false if the outcome has come meanwhile. */
    boolean abandon() {
        owner = null; // before another thread can claim the slot
        if (STATE.compareAndSet(this, WAITING, ABANDONED)) {
            return true;
        }
        own();
        return false;
    }

    /** Whether the slot is this thread's to free: not if it has given the call up. */
    boolean isOwned() {
        return owner == Thread.currentThread();
    }

    /** For a thread to which the call was handed: it frees the slot from now on. */
    void own() {
        owner = Thread.currentThread();
    }

    /** For the caller, once DONE: makes the result readable, or throws what the worker answered instead. */
    void openResult() {
        outcome.open(ref().workerId());
    }

    /** For the caller: frees the slot, whatever became of the call; once it is freed or abandoned this does nothing. */
    void free() {
        if (owner != Thread.currentThread()) {
            return;
        }
        owner = null;
        outcome.close((int) STATE.getAcquire(this) == DONE);
        if (isFailed()) { // by who ends the client, perhaps while the call was being sent
            outgoing.settleUnsent();
        }
        clear();
        STATE.setRelease(this, FREE);
    }

    private void clear() {
        late = null;
        outgoing.settle();
        arguments.trim();
        sink = null;
        if (sources != null) { // seldom, too
            ClientStreams.giveUp(takeSources());
        }
        ref = null; // or else an idle slot would keep the object in its worker
        if (waiter != null) { // seldom: only a call that parked has one
            waiter = null;
        }
    }

    /** What was called, for messages. */
    @Override
    public String toString() {
        final ObjectRef target = ref;
        return target == null ? "no call" : target.contract().method(method) + " on " + target;
    }
}

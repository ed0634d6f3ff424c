package io.outrider.worker.host;

import io.outrider.api.ReturnsProxy;
import io.outrider.contract.Contract;
import io.outrider.engine.FrameSender;
import io.outrider.engine.SmallCopy;
import io.outrider.error.ErrorCode;
import io.outrider.error.OutriderException;
import io.outrider.error.ProtocolException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.Refusal;
import io.outrider.stub.IncomingCall;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.Proxies;
import io.outrider.stub.StubFactory;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Claim;
import io.outrider.transport.DirectSlots;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one call at a time, from the frame to the outcome: decode, invoke, reply. For one thread at a time; keeps its buffers
 * from call to call, so that a call with primitive arguments and result allocates nothing. Each call gets exactly one
 * outcome, whatever is thrown at any step.
 */
final class CallRunner implements IncomingCall {
    private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);
    private static final int INITIAL_FRAME_BYTES = 512;

    /** How far a call has come, which says whose fault a failure is. */
    private enum Stage {
        ARGUMENTS,
        METHOD,
        RESULT
    }

    private final Marshaller marshaller;
    private final Runners runners;
    private final ValueReader arguments;
    private final ValueWriter result;
    private final Claim claim = new Claim();
    private final ArenaBlock argumentBlock = new ArenaBlock();
    private final ArenaBlock resultBlock = new ArenaBlock();
    private UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(INITIAL_FRAME_BYTES));
    private int frameLength;
    private int directSlot = DirectSlots.NONE;
    private volatile long deadlineNs; // of the call that was taken, if it has one
    private final RunPhase phase = new RunPhase();
    private @Nullable Thread thread; // that runs the call; published by the phase
    private long correlationId;
    private @Nullable CompletionStage<?> later;
    private Stage stage = Stage.ARGUMENTS;
    private ClientLink client; // whose call it is
    private final HostedHome home;
    private @Nullable HostedObject called; // while it runs
    private @Nullable HostedObject exported; // held until the reference to it has been written

    CallRunner(
            final ClientLink client,
            final HostedHome home,
            final Marshaller marshaller,
            final int maxPayloadBytes,
            final Runners runners) {
        this.client = client;
        this.home = home;
        this.marshaller = marshaller;
        this.runners = runners;
        this.arguments = new ValueReader(marshaller);
        this.result = new ValueWriter(marshaller, maxPayloadBytes);
    }

    /** Says whose call the next one is. */
    void from(final ClientLink caller) {
        client = caller;
    }

    ClientLink client() {
        return client;
    }

    /** Takes a frame out of the lane, so that the lane can go on while the call runs. */
    void take(final DirectBuffer source, final int offset, final int length) {
        if (length > frame.capacity()) {
            frame = new UnsafeBuffer(ByteBuffer.allocateDirect(BitUtil.findNextPositivePowerOfTwo(length)));
        }
        SmallCopy.copy(source, offset, frame, 0, length);
        frameLength = length;
        directSlot = DirectSlots.NONE;
        if (length >= FrameDescriptor.DEADLINE_HEADER && FrameDescriptor.hasDeadline(frame, 0)) {
            deadlineNs = System.nanoTime() + FrameDescriptor.remainingNs(frame, 0);
        }
    }

    /** The call that was taken waits for its outcome in a direct slot. */
    void answerTo(final int slot) {
        directSlot = slot;
    }

    /** Takes over the frame that another runner has taken. */
    void takeFrom(final CallRunner other) {
        client = other.client;
        take(other.frame, 0, other.frameLength);
        directSlot = other.directSlot;
        deadlineNs = other.deadlineNs;
    }

    boolean hasCall() {
        return FrameDescriptor.isCall(frame, 0, frameLength);
    }

    boolean hasCancel() {
        return FrameDescriptor.isCancel(frame, 0, frameLength);
    }

    boolean cancelInterrupts() {
        return FrameDescriptor.interrupts(frame, 0);
    }

    /** Which call it is; what was taken from a lane and is no call may still name one. */
    CallKey key() {
        return new CallKey(client.number(), FrameDescriptor.correlationId(frame, 0));
    }

    RunPhase phase() {
        return phase;
    }

    /** For the thread that runs the call, just before {@link #run}; {@link RunPhase#leave} must follow it. */
    void enter() {
        thread = Thread.currentThread();
        phase.enter();
    }

    private boolean hasExpired() {
        return FrameDescriptor.hasDeadline(frame, 0) && System.nanoTime() - deadlineNs >= 0;
    }

    /** From any thread: how much time a call has left, in nanoseconds; {@link Long#MAX_VALUE} if it is not this one's or has no deadline. */
    long remainingNs(final CallKey call) {
        final long at = deadlineNs;
        return is(call) && FrameDescriptor.hasDeadline(frame, 0) ? at - System.nanoTime() : Long.MAX_VALUE;
    }

    /** From any thread: interrupts a call, once, if it is the one that is running here; {@link RunPhase#EXPIRED} or 0 says why. */
    void interrupt(final CallKey call, final int reason) {
        if (phase.tryHold()) {
            if (is(call) && !phase.has(RunPhase.INTERRUPTED)) {
                interruptThread(reason);
            }
            phase.letGo();
        }
    }

    private boolean is(final CallKey call) {
        return client.number() == call.client() && FrameDescriptor.correlationId(frame, 0) == call.correlationId();
    }

    /** For ending the worker: interrupts whatever is running. */
    void interrupt() {
        if (phase.tryHold()) {
            interruptThread(0);
            phase.letGo();
        }
    }

    private void interruptThread(final int reason) {
        phase.note(RunPhase.INTERRUPTED | reason);
        final Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    int frameLength() {
        return frameLength;
    }

    long objectId() {
        return FrameDescriptor.objectId(frame, 0);
    }

    int method() {
        return FrameDescriptor.method(frame, 0);
    }

    /** Runs the call on an object and replies. Throws only what the lane throws. */
    void run(final HostedObject object) {
        correlationId = FrameDescriptor.correlationId(frame, 0);
        if (hasExpired()) {
            refuse(
                    ErrorCode.TIMEOUT,
                    object.method(method()) + " was not called: it waited in the worker until its deadline");
            return;
        }
        client.context().enter();
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        stage = Stage.ARGUMENTS;
        byte type = FrameDescriptor.VALUE;
        boolean answered = false;
        try {
            openArguments();
            called = object;
            object.dispatcher().dispatch(object.target(), method(), this);
            answered = answersLater(object);
        } catch (final Throwable failure) { // whatever it is, the caller is told: a call has exactly one outcome
            type = writeFailure(failure, object);
        } finally {
            later = null;
            if (exported != null) {
                releaseExported();
            }
            if (argumentBlock.handle() != 0) {
                client.arena().release(argumentBlock);
            }
        }
        if (!answered) {
            reply(type);
        }
        Thread.interrupted(); // an interrupt was meant for the call that has ended, not for the next one
    }

    private boolean answersLater(final HostedObject object) {
        if (later == null) {
            return false;
        }
        if (directSlot != DirectSlots.NONE) {
            client.replies().announceInLane(directSlot);
            directSlot = DirectSlots.NONE;
        }
        runners.answerLater(this, later, object);
        return true;
    }

    /** Sends the outcome of a call whose method has returned a stage, and leaves the thread's interrupt to its owner. */
    void answer(
            final long correlation,
            final HostedObject object,
            final @Nullable Object value,
            final @Nullable Throwable failure) {
        correlationId = correlation;
        directSlot = DirectSlots.NONE;
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        stage = failure == null ? Stage.RESULT : Stage.METHOD;
        byte type = FrameDescriptor.VALUE;
        try {
            if (failure == null) {
                result.putObject(value);
            } else {
                final Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
                type = writeFailure(cause == null ? failure : cause, object);
            }
        } catch (final Throwable unsendable) {
            type = writeFailure(unsendable, object);
        }
        reply(type);
    }

    /** Answers the call without running it. */
    void refuse(final ErrorCode code, final String message) {
        correlationId = FrameDescriptor.correlationId(frame, 0);
        openRefused();
        reply(writeRefusal(new Refusal(code, message, 0, 0)));
    }

    /** Answers a call whose method has returned a stage with a refusal. */
    void refuse(final long correlation, final ErrorCode code, final String message) {
        correlationId = correlation;
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        reply(writeRefusal(new Refusal(code, message, 0, 0)));
    }

    private void openRefused() {
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        if (FrameDescriptor.isInArena(frame, 0)) { // give its arguments back unread
            try {
                openArguments();
            } catch (final ProtocolException stale) {
                LOG.warn("a refused call came with arguments that can't be opened", stale);
            }
            if (argumentBlock.handle() != 0) {
                client.arena().release(argumentBlock);
            }
        }
    }

    private void openArguments() {
        final int body = FrameDescriptor.callHeader(frame, 0);
        if (!FrameDescriptor.isInArena(frame, 0)) {
            arguments.wrap(frame, body, frameLength - body);
            return;
        }
        final int length = FrameDescriptor.arenaLength(frame, body);
        if (client.arena().open(FrameDescriptor.arenaHandle(frame, body), length, argumentBlock) != BufferArena.OK) {
            throw new ProtocolException("the arguments are said to be in an arena block that was not handed over");
        }
        arguments.wrap(argumentBlock.buffer(), 0, length);
    }

    @Override
    public ValueReader arguments() {
        return arguments;
    }

    @Override
    public void invoking() {
        stage = Stage.METHOD;
    }

    @Override
    public void deferred(final @Nullable CompletionStage<?> outcome) {
        later = Objects.requireNonNull(outcome, "the method returned null instead of a stage");
    }

    @Override
    public ValueWriter returned() {
        stage = Stage.RESULT;
        return result;
    }

    @Override
    public @Nullable Object exported(final @Nullable Object local) {
        if (local == null || Proxies.isProxy(local) || called == null) {
            return local; // a stub goes on as it is
        }
        final Method declared = called.method(method()).method();
        final ReturnsProxy how = Objects.requireNonNull(declared.getAnnotation(ReturnsProxy.class));
        final Contract<?> contract = Contract.of(declared.getReturnType());
        exported = home.host(local, contract, how.concurrency());
        final ObjectRef ref = new ObjectRef(home.address(), home.workerId(), exported.id(), contract);
        return StubFactory.of(contract).newStub(home.port(), ref);
    }

    private void releaseExported() {
        final HostedObject held = exported;
        exported = null;
        if (held != null) {
            home.letGo(held.id());
        }
    }

    private byte writeFailure(final Throwable failure, final HostedObject object) {
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        if (stage == Stage.METHOD && phase.has(RunPhase.EXPIRED)) {
            return writeRefusal(new Refusal(
                    ErrorCode.TIMEOUT,
                    object.method(method()) + " was interrupted at the deadline of the call, and threw " + failure,
                    0,
                    0));
        }
        if (failure instanceof HostedTasks.Unreadable task) {
            return writeRefusal(Refusal.of(task.reason()));
        }
        final boolean own = stage != Stage.METHOD || object.id() == ObjectSystem.ID;
        if (own && failure instanceof OutriderException refusal) {
            return writeRefusal(Refusal.of(refusal));
        }
        if (stage != Stage.METHOD) {
            final String part =
                    stage == Stage.ARGUMENTS ? "the arguments can't be read: " : "the result can't be sent: ";
            return writeRefusal(new Refusal(ErrorCode.SERIALIZATION, part + failure, 0, 0));
        }
        final Throwable thrown = object.id() == ObjectSystem.ID && failure instanceof InvocationTargetException target
                ? target.getTargetException()
                : failure;
        try {
            marshaller.writeFailure(thrown, result);
            return FrameDescriptor.THREW;
        } catch (final Throwable unsendable) { // no memory even for that, say: the type at least is told
            LOG.warn("what {} threw can't be sent whole", object, unsendable);
            result.reset(FrameDescriptor.OUTCOME_HEADER);
            return writeRefusal(new Refusal(
                    ErrorCode.SERIALIZATION,
                    "the method threw " + thrown.getClass().getName() + ", which can't be sent: " + unsendable,
                    0,
                    0));
        }
    }

    private byte writeRefusal(final Refusal refusal) {
        refusal.write(result);
        return FrameDescriptor.REFUSED;
    }

    private void reply(final byte type) {
        try {
            send(type);
        } catch (final OutriderException unsendable) { // larger than the arena, or no memory behind it
            result.reset(FrameDescriptor.OUTCOME_HEADER);
            send(writeRefusal(Refusal.of(unsendable)));
        }
        result.trim();
    }

    private void send(final byte type) {
        final int length = result.length();
        final UnsafeBuffer outcome = result.buffer();
        final Replies replies = client.replies();
        FrameDescriptor.putOutcome(outcome, 0, type, replies.flags(length), correlationId);
        if (directSlot != DirectSlots.NONE) {
            final int slot = directSlot;
            directSlot = DirectSlots.NONE; // what does not fit goes by the lane, whatever becomes of it there
            if (replies.sendDirect(slot, outcome, length)) {
                return;
            }
        }
        int sent = replies.trySend(outcome, length, claim, resultBlock);
        int fruitless = 0;
        while (sent == FrameSender.BACK_PRESSURED && replies.awaitRoom(fruitless++)) {
            sent = replies.trySend(outcome, length, claim, resultBlock);
        }
    }
}

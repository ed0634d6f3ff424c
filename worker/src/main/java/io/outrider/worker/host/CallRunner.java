package io.outrider.worker.host;

import io.outrider.contract.ContractMethod;
import io.outrider.error.ErrorCode;
import io.outrider.error.OutriderException;
import io.outrider.error.ProtocolException;
import io.outrider.loan.BlockInbox;
import io.outrider.loan.BlockOutbox;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.stream.InboundStream;
import io.outrider.stream.OutboundStream;
import io.outrider.stub.IncomingCall;
import io.outrider.telemetry.Log;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Claim;
import io.outrider.transport.DirectSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one call at a time, from the frame to the outcome: decode, invoke, reply. For one thread at a time; keeps its buffers
 * from call to call, so that a call with primitive arguments and result allocates nothing. Each call gets exactly one
 * outcome, whatever is thrown at any step.
 */
final class CallRunner implements IncomingCall {
    private static final Log LOG = Log.of(CallRunner.class);
    private static final byte NO_OUTCOME = 0;
    private static final List<InboundStream<?>> NONE = List.of();

    private final FailureWriter failures;
    private final Runners runners;
    private final BlockInbox incoming;
    private final BlockOutbox outgoing;
    private final ValueReader arguments;
    private final ValueWriter result;
    private final Claim claim = new Claim();
    private final ArenaBlock argumentBlock = new ArenaBlock();
    private final ArenaBlock resultBlock = new ArenaBlock();
    private final TakenFrame frame = new TakenFrame();
    private int directSlot = DirectSlots.NONE;
    private volatile long deadlineNs; // of the call that was taken, if it has one
    private final RunPhase phase = new RunPhase();
    private @Nullable Thread thread; // that runs the call; published by the phase
    private long correlationId;
    private @Nullable CompletionStage<?> later;
    private List<InboundStream<?>> taken = NONE;
    private boolean yields;
    private byte unsent = NO_OUTCOME; // what kind of outcome is written and was not sent
    private CallStage stage = CallStage.ARGUMENTS;
    private ClientLink client; // whose call it is
    private final Exports exports;
    private @Nullable HostedObject called; // while it runs

    CallRunner(
            final ClientLink client,
            final HostedHome home,
            final Marshaller marshaller,
            final int maxPayloadBytes,
            final Runners runners) {
        this.client = client;
        this.exports = new Exports(home);
        this.runners = runners;
        this.incoming = BlockInbox.ofCalls(client.loans());
        this.outgoing = new BlockOutbox(client.loans());
        this.arguments = new ValueReader(marshaller, incoming);
        this.result = new ValueWriter(marshaller, maxPayloadBytes, outgoing);
        this.failures = new FailureWriter(marshaller, result);
    }

    /** Says whose call the next one is. */
    void from(final ClientLink caller) {
        if (caller != client) {
            client = caller;
            incoming.use(caller.loans());
            outgoing.use(caller.loans());
        }
    }

    ClientLink client() {
        return client;
    }

    /** Takes a frame out of the lane, so that the lane can go on while the call runs. */
    void take(final DirectBuffer source, final int offset, final int length) {
        frame.copy(source, offset, length);
        directSlot = DirectSlots.NONE;
        if (length >= FrameDescriptor.DEADLINE_HEADER && frame.hasDeadline()) {
            deadlineNs = System.nanoTime() + FrameDescriptor.remainingNs(frame.bytes(), 0);
        }
    }

    /** Runs a call whose frame stays on the lane meanwhile; like {@link #run}, but {@link #finish} must follow. */
    void runInPlace(final HostedObject object, final DirectBuffer source, final int offset, final int length) {
        frame.stay(source, offset, length);
        directSlot = DirectSlots.NONE;
        invoke(object);
        frame.leave();
    }

    /** Whether the last frame was run where it lay, and is gone. */
    boolean hasRunInPlace() {
        return frame.length() == 0;
    }

    /** The call that was taken waits for its outcome in a direct slot. */
    void answerTo(final int slot) {
        directSlot = slot;
    }

    /** Takes over the frame that another runner has taken. */
    void takeFrom(final CallRunner other) {
        from(other.client);
        take(other.frame.bytes(), 0, other.frame.length());
        directSlot = other.directSlot;
        deadlineNs = other.deadlineNs;
    }

    /** Hands the frame on, if it is one of a stream and no call. */
    boolean takeStreamFrame() {
        final boolean ofStream = frame.isStream();
        if (ofStream) {
            client.streams().onFrame(frame.bytes(), 0, frame.length());
        }
        return ofStream;
    }

    /** Makes a place for what the call will yield, if it does: what the client says of that may come before the call runs. */
    HostedObject expectStream(final HostedObject object) {
        final long id = frame.correlationId();
        if (FrameDescriptor.isStreamId(id)) {
            client.streams().expect(id, object, object.method(method()));
        }
        return object;
    }

    boolean hasCall() {
        return frame.isCall();
    }

    boolean hasCancel() {
        return frame.isCancel();
    }

    boolean cancelInterrupts() {
        return frame.interrupts();
    }

    /** Which call it is; what was taken from a lane and is no call may still name one. */
    CallKey key() {
        return new CallKey(client.number(), frame.correlationId());
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
        return frame.hasDeadline() && System.nanoTime() - deadlineNs >= 0;
    }

    /** From any thread: how much time a call has left, in nanoseconds; {@link Long#MAX_VALUE} if it is not this one's or has no deadline. */
    long remainingNs(final CallKey call) {
        final long at = deadlineNs;
        return is(call) && frame.hasDeadline() ? at - System.nanoTime() : Long.MAX_VALUE;
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
        return client.number() == call.client() && frame.correlationId() == call.correlationId();
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
        return frame.length();
    }

    long objectId() {
        return frame.objectId();
    }

    int method() {
        return frame.method();
    }

    /** Runs the call on an object and replies. Throws only what the lane throws. */
    void run(final HostedObject object) {
        invoke(object);
        finish();
    }

    private void invoke(final HostedObject object) {
        correlationId = frame.correlationId();
        if (hasExpired()) {
            refuse(
                    ErrorCode.TIMEOUT,
                    object.method(method()) + " was not called: it waited in the worker until its deadline");
            return;
        }
        client.enterThread();
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        stage = CallStage.ARGUMENTS;
        try {
            called = object;
            openArguments();
            object.dispatcher().dispatch(object.target(), method(), this);
            unsent = yields || answersLater(object) ? NO_OUTCOME : FrameDescriptor.VALUE;
        } catch (final Throwable failure) { // whatever it is, the caller is told: a call has exactly one outcome
            unsent = writeFailure(failure, object);
        } finally {
            later = null;
            exports.release();
            closeArguments();
        }
    }

    /** Sends the outcome of the call that was run, if it has one by now. Waits for room as long as the client lives. */
    void finish() {
        if (unsent != NO_OUTCOME) {
            reply(unsent);
            end(taken);
            forgetStream();
            unsent = NO_OUTCOME;
        }
        taken = NONE;
        yields = false;
        incoming.forget();
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
        if (!taken.isEmpty()) {
            final List<InboundStream<?>> streamsOfCall = taken;
            later.whenComplete((value, failure) -> end(streamsOfCall));
        }
        return true;
    }

    /** Ends the arguments that stand for values over time: they last as long as the call, or what it yields. */
    private static void end(final List<InboundStream<?>> arguments) {
        if (!arguments.isEmpty()) { // a loop over none makes an iterator, too, unless the compiler can tell
            arguments.forEach(InboundStream::close);
        }
    }

    /** What the call would have yielded, had it not failed. */
    private void forgetStream() {
        if (FrameDescriptor.isStreamId(correlationId)) {
            client.streams().forget(correlationId);
        }
    }

    @Override
    public Object takeStream(final int parameter) {
        final ContractMethod method = called();
        final InboundStream<?> stream = client.streams().receive(arguments, method, parameter);
        taken = taken.isEmpty() ? new ArrayList<>() : taken;
        taken.add(stream);
        return stream.as(Objects.requireNonNull(method.takes().get(parameter)).declared());
    }

    @Override
    public void yielded(final @Nullable Object generator) {
        final ContractMethod method = called();
        if (generator == null) {
            throw new NullPointerException(method + " returned null instead of a generator");
        }
        final OutboundStream stream = client.streams().expected(correlationId);
        if (stream == null) {
            throw new ProtocolException("a generator was called without a stream");
        }
        final List<InboundStream<?>> streamsOfCall = taken;
        if (!streamsOfCall.isEmpty()) {
            stream.expectSlow();
        }
        if (frame.hasDeadline()) { // which is for this, and not for the values
            client.streams().sayBegun(correlationId);
        }
        stream.begin(generator, Objects.requireNonNull(method.yields()), () -> end(streamsOfCall));
        yields = true;
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
        stage = failure == null ? CallStage.RESULT : CallStage.METHOD;
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
        correlationId = frame.correlationId();
        openRefused();
        reply(failures.refuse(new Refusal(code, message, 0, 0)));
        forgetStream();
    }

    /** Answers a call whose method has returned a stage with a refusal. */
    void refuse(final long correlation, final ErrorCode code, final String message) {
        correlationId = correlation;
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        reply(failures.refuse(new Refusal(code, message, 0, 0)));
    }

    private void openRefused() {
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        if (frame.isInArena() || frame.hasBlocks()) { // given back unread
            try {
                openArguments();
            } catch (final ProtocolException stale) {
                LOG.warn("a refused call came with arguments that can't be opened", stale);
            }
            closeArguments();
            incoming.forget();
        }
    }

    private void openArguments() {
        final int body = frame.body();
        if (!frame.isInArena()) {
            openArguments(frame.bytes(), body, frame.length() - body);
            return;
        }
        final int length = FrameDescriptor.arenaLength(frame.bytes(), body);
        if (client.arena().open(FrameDescriptor.arenaHandle(frame.bytes(), body), length, argumentBlock)
                != BufferArena.OK) {
            throw new ProtocolException("the arguments are said to be in an arena block that was not handed over");
        }
        openArguments(argumentBlock.buffer(), 0, length);
    }

    private void openArguments(final DirectBuffer body, final int offset, final int length) {
        arguments.wrap(body, offset, frame.hasBlocks() ? incoming.open(body, offset, length) : length);
    }

    private void closeArguments() {
        incoming.giveBack();
        if (argumentBlock.handle() != 0) {
            client.arena().release(argumentBlock);
        }
    }

    @Override
    public ValueReader arguments() {
        return arguments;
    }

    @Override
    public void invoking() {
        stage = CallStage.METHOD;
    }

    @Override
    public void deferred(final @Nullable CompletionStage<?> outcome) {
        later = Objects.requireNonNull(outcome, "the method returned null instead of a stage");
    }

    @Override
    public ValueWriter returned() {
        stage = CallStage.RESULT;
        return result;
    }

    @Override
    public @Nullable Object exported(final @Nullable Object local) {
        return exports.export(local, called());
    }

    private ContractMethod called() {
        return Objects.requireNonNull(called).method(method());
    }

    private byte writeFailure(final Throwable failure, final HostedObject object) {
        outgoing.discard();
        result.reset(FrameDescriptor.OUTCOME_HEADER);
        return failures.write(failure, stage, phase.has(RunPhase.EXPIRED), object, method());
    }

    private void reply(final byte type) {
        try {
            send(type);
        } catch (final OutriderException unsendable) { // larger than the arena, or no memory behind it
            outgoing.discard();
            result.reset(FrameDescriptor.OUTCOME_HEADER);
            send(failures.refuse(Refusal.of(unsendable)));
        }
        result.trim();
    }

    private void send(final byte type) {
        final short blocks = outgoing.seal(result) ? FrameDescriptor.HAS_BLOCKS : 0;
        final int length = result.length();
        final UnsafeBuffer outcome = result.buffer();
        final Replies replies = client.replies();
        FrameDescriptor.putOutcome(outcome, 0, type, (short) (blocks | replies.flags(length)), correlationId);
        if (!sendDirect(replies, outcome, length)) {
            outgoing.handOver(); // before the client can have it
            replies.send(outcome, length, claim, resultBlock);
        }
        outgoing.settle(incoming);
    }

    private boolean sendDirect(final Replies replies, final UnsafeBuffer outcome, final int length) {
        if (directSlot == DirectSlots.NONE) {
            return false;
        }
        final int slot = directSlot;
        directSlot = DirectSlots.NONE; // what does not fit goes by the lane, whatever becomes of it there
        final boolean sent = replies.sendDirect(slot, outcome, length);
        if (sent) {
            outgoing.handOver(); // while the outcome crosses: what comes back sooner comes as another object
        }
        return sent;
    }
}

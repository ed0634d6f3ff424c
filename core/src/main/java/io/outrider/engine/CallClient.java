package io.outrider.engine;

import io.outrider.config.LinkConfig;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.control.Doorbell;
import io.outrider.stream.OutboundStream;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.telemetry.Log;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.Link;
import io.outrider.transport.Side;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a link: sends calls and waits for their outcomes. Safe from any thread. A synchronous caller polls for
 * its own reply, so that no reply is handed from thread to thread while it is hot; see {@link ReplyPoller} for the others.
 * Whatever becomes of the worker, each call ends: {@link #end(Supplier)} fails those that still wait.
 */
public final class CallClient implements AsyncCallPort {
    private static final Log LOG = Log.of(CallClient.class);
    private static final long MAX_PARK_NS = 100_000_000;
    private static final int CHECK_EVERY = 16;
    private static final long END_PATIENCE_NS = 2_000_000_000;
    private static final long ENDING_PAUSE_NS = 20_000;
    private static final long ROOM_PAUSE_NS = 50_000;

    private final int workerId;
    private final Link link;
    private final LinkConfig config;
    private final IdlePolicy idlePolicy;
    private final Executor completion;
    private final ClientStreams streams;
    private final LinkArena loans;
    private final PendingCalls calls;
    private final ReplyPoller poller;
    private final CallSender sender;
    private final DirectCaller direct;
    private final StuckCalls stuckCalls;
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile @Nullable Supplier<? extends OutriderException> ended;
    private volatile boolean draining;
    private volatile boolean failedAll;

    /**
     * @param workerId for messages
     * @param link the client side, which this closes in {@link #close}
     * @param marshaller encodes and decodes
     * @param config sizes and time limits
     * @param idlePolicy how callers wait
     * @param doorbell of the worker
     * @param threads run what is the user's
     */
    public CallClient(
            final int workerId,
            final Link link,
            final Marshaller marshaller,
            final LinkConfig config,
            final IdlePolicy idlePolicy,
            final Doorbell doorbell,
            final ClientThreads threads) {
        this.workerId = workerId;
        this.link = link;
        this.config = config;
        this.idlePolicy = idlePolicy;
        this.completion = threads.completion();
        this.loans = new LinkArena(
                link.arena(),
                "worker " + workerId,
                new LinkArena.Patience(
                        config.patience(), idlePolicy::idle, () -> poller().pollOrRequest(), this::endedWith));
        final DirectSlots slots = config.directCalls() ? link.directSlots() : DirectSlots.ABSENT;
        this.calls = new PendingCalls(config.maxInFlight(), slots, marshaller, config.maxPayloadBytes(), loans);
        this.poller = new ReplyPoller(link, slots, calls, loans, this);
        final Waker waker = new Waker(link.status(), Side.WORKER, doorbell);
        final FrameSender frames = new FrameSender(link, waker);
        this.sender = new CallSender(this, frames, calls, poller, idlePolicy, config);
        this.stuckCalls = new StuckCalls(config, calls, this);
        this.direct = new DirectCaller(this, slots, waker);
        this.streams = new ClientStreams(this, frames, poller, marshaller, threads);
        this.calls.streams(streams);
    }

    /**
     * Says who is told, where the settings say {@code KILL}, of a call whose method ignores that it was interrupted.
     *
     * @param listener given the reason; must not block
     */
    public void onStuck(final Consumer<String> listener) {
        stuckCalls.onStuck(listener);
    }

    /** The id of the worker at the other end. */
    public int workerId() {
        return workerId;
    }

    /** The name of the link's serializer. */
    public String serializer() {
        return streams.marshaller().serializer().name();
    }

    /** Where loans for the worker are made. */
    public LinkArena arena() {
        return loans;
    }

    /**
     * How many calls wait for their outcome, or have one that was not fetched yet.
     *
     * @return a count made now
     */
    public int inFlight() {
        return calls.inFlight();
    }

    /** How many frames were dropped since the start because they were no outcome of this protocol. */
    public long malformedFrames() {
        return poller.malformedFrames();
    }

    /**
     * What the worker was asked last, of the calls that still wait.
     *
     * @return for messages; null if no call waits
     */
    public @Nullable String lastCall() {
        return calls.lastInFlight();
    }

    @Override
    public OutgoingCall begin(final ObjectRef named, final int method) {
        return begin(named, method, false);
    }

    /** Like {@link #begin(ObjectRef, int)}; {@code pipelined} if it is one of many calls that go on at once. */
    OutgoingCall begin(final ObjectRef named, final int method, final boolean pipelined) {
        final ObjectRef ref = named.forCall(method);
        if (ref.isClosed()) {
            throw new ClosedException(ref + " was closed: the call was not sent");
        }
        final long deadlineNs = ref.timeoutNs() == 0 ? 0 : System.nanoTime() + ref.timeoutNs();
        PendingCall call = pipelined ? calls.tryClaimNext() : calls.tryClaim(ref);
        if (call == null) {
            call = sender.awaitSlot(ref, method, deadlineNs);
        }
        call.start(ref, method, deadlineNs);
        if (ended != null
                || draining) { // looked at after the claim: whoever ends the client looks at the slots after that
            end(call);
            throw endedWith();
        }
        return call;
    }

    @Override
    public boolean invoke(final OutgoingCall outgoing) {
        final PendingCall call = (PendingCall) outgoing;
        final List<OutboundStream> sources = call.takeSources();
        try {
            if (direct.carries(call)) {
                direct.invoke(call);
            } else {
                sender.send(call);
                awaitOutcome(call, 0);
            }
            call.restoreInterrupt();
            openOutcome(call);
        } finally {
            ClientStreams.giveUp(sources);
        }
        return true;
    }

    @Override
    public Object open(final OutgoingCall call) {
        return streams.open((PendingCall) call);
    }

    @Override
    public CompletableFuture<?> defer(final OutgoingCall call) {
        return sendAsync(call, completion);
    }

    @Override
    public CompletableFuture<?> sendAsync(final OutgoingCall call, final Executor executor) {
        return invokeAsync((PendingCall) call, executor);
    }

    /** Sends a call whose outcome is delivered later. */
    <R> CallFuture<R> invokeAsync(final PendingCall call, final Executor executor) {
        final AsyncOutcome<R> outcome = new AsyncOutcome<>(this, call, executor);
        call.sendTo(outcome, 0);
        final long timeoutNs = call.timeoutNs();
        final long remainingNs = call.remainingNs(Long.MAX_VALUE);
        poller.await();
        try {
            sender.send(call);
        } catch (final RuntimeException | Error failure) {
            poller.awaitNoMore();
            throw failure;
        }
        if (timeoutNs != 0) {
            outcome.expireAfter(remainingNs, timeoutNs);
        }
        return outcome.future();
    }

    CallTimeoutException timeout(final String what, final long timeoutNs) {
        return new CallTimeoutException("no outcome of " + what + " after " + Duration.ofNanos(timeoutNs)
                + ": if the method is running in worker " + workerId + ", it is interrupted there");
    }

    StuckCalls stuckCalls() {
        return stuckCalls;
    }

    CallSender sender() {
        return sender;
    }

    @Override
    public void end(final OutgoingCall call) {
        ((PendingCall) call).free();
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        end(call);
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /** Makes the result of a completed call readable, or throws what became of it instead. */
    void openOutcome(final PendingCall call) {
        if (call.isFailed()) {
            throw call.isGarbled() ? call.garbledOutcome() : endedWith();
        }
        call.openResult();
    }

    IdlePolicy idlePolicy() {
        return idlePolicy;
    }

    LinkConfig config() {
        return config;
    }

    ReplyPoller poller() {
        return poller;
    }

    ClientStreams streams() {
        return streams;
    }

    /** For the sender: a call was sent, or could not be. */
    void sent(final PendingCall call, final int sent) {
        if (sent == FrameSender.OK
                && failedAll) { // read after the fence that sending ends with: either this is seen, or the call was
            failIfWaiting(call);
        }
        if (sent == FrameSender.CLOSED && call.retract()) {
            throw endedWith();
        } // not retracted: whoever ended the client has failed the call, and its outcome says so
    }

    /** Polls, and then parks, until the call has ended; throws if its caller gives it up. */
    void awaitOutcome(final PendingCall call, final int before) {
        int fruitless = before;
        while (call.isWaiting()) {
            if (poller.tryAcquire()) {
                try {
                    fruitless = pollFor(call, fruitless);
                } finally {
                    poller.release();
                }
            }
            if (!call.isWaiting() || giveUp(call)) {
                return;
            }
            if (!idlePolicy.idle(fruitless++)) {
                park(call);
                fruitless = 0;
            }
        }
    }

    /** With the poll role: polls until the outcome is here, or it is time to block or to give up, or the client is ending. */
    private int pollFor(final PendingCall call, final int before) {
        int fruitless = before;
        int polls = 0;
        do {
            // Counted over all polls: while outcomes of others keep coming, none is fruitless for long.
            if (++polls % CHECK_EVERY == 0 && (Thread.currentThread().isInterrupted() || call.hasExpired())) {
                return fruitless;
            }
            if (poller.poll() > 0) {
                fruitless = 0;
                continue;
            }
            if (ended != null || !idlePolicy.idle(fruitless)) {
                return fruitless;
            }
            fruitless++;
        } while (call.isWaiting());
        return fruitless;
    }

    /** True if the call was ended here; throws if its deadline has passed, or the thread was interrupted. */
    private boolean giveUp(final PendingCall call) {
        final boolean interrupted = Thread.currentThread().isInterrupted() && !call.keepInterrupt();
        if (interrupted || call.hasExpired()) {
            call.restoreInterrupt(); // before the slot may be another thread's
            final String what = call.toString();
            final long timeoutNs = call.timeoutNs();
            // One in a direct slot must not begin behind the calls that come next, which the cancel on the lane holds
            // back.
            if ((interrupted || call.isDirect()) && sender.trySendCancel(call, interrupted) != FrameSender.OK) {
                LOG.debug("no room to cancel {}", what);
            }
            if (abandon(call, what)) {
                throw interrupted ? interrupted(what, null) : timeout(what, timeoutNs);
            }
            if (call.isRefused()) { // it was quick to give up
                try {
                    openOutcome(call);
                } catch (final OutriderException cancelled) {
                    throw interrupted ? interrupted(what, cancelled) : timeout(what, timeoutNs);
                }
            }
        }
        if (ended != null) { // whoever ends the client drains the lane first, and fails this call then
            LockSupport.parkNanos(this, ENDING_PAUSE_NS);
        }
        return !call.isWaiting();
    }

    private CallInterruptedException interrupted(final String what, final @Nullable OutriderException outcome) {
        return new CallInterruptedException(
                "interrupted while waiting for " + what + ": if the method is running in worker " + workerId
                        + ", it is interrupted too",
                outcome);
    }

    /** Gives a call up, whose outcome is awaited all the same, since it frees the slot; false if it has come. */
    private boolean abandon(final PendingCall call, final String what) {
        final long correlationId = call.correlationId();
        poller.await();
        poller.pollOrRequest();
        if (!call.abandon()) {
            poller.awaitNoMore();
            return false;
        }
        stuckCalls.watch(correlationId, what);
        return true;
    }

    /** Blocks until the poller that completes the call wakes this thread. */
    private void park(final PendingCall call) {
        call.waiter(Thread.currentThread());
        poller.await();
        try {
            poller.pollOrRequest();
            while (call.isWaiting()) {
                LockSupport.parkNanos(call, call.remainingNs(MAX_PARK_NS));
                if (giveUp(call)) {
                    return;
                }
                poller.pollOrRequest(); // the agent may be this very thread, where it completes a future
            }
        } finally {
            poller.awaitNoMore();
        }
    }

    boolean hasEnded() {
        return ended != null;
    }

    /** For a call that waits only now: whoever ended the client may not have seen it. */
    void failIfEnded(final PendingCall call) {
        if (failedAll) {
            failIfWaiting(call);
        }
    }

    void requireOpen() {
        if (ended != null || draining) {
            throw endedWith();
        }
    }

    private OutriderException endedWith() {
        final Supplier<? extends OutriderException> reason = ended;
        return reason == null ? new ClosedException("the link to worker " + workerId + " was closed") : reason.get();
    }

    /** Refuses new calls from now on; those in flight go on. */
    public void drain() {
        draining = true;
    }

    /**
     * For draining: takes in what has come, outcomes of calls that were given up among it, for which nobody else polls.
     *
     * @return whether no call is in flight
     */
    public boolean pollUntilIdle() {
        poller.pollOrRequest();
        return calls.inFlight() == 0;
    }

    /**
     * Ends the client: takes in the outcomes that the worker committed, then fails every call that still waits and refuses
     * new ones. Idempotent; the first reason counts. Blocks for as long as a poller needs to leave, about a microsecond.
     *
     * @param reason makes an exception of its own for each call
     */
    public void end(final Supplier<? extends OutriderException> reason) {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        ended = reason;
        final boolean holds = poller.tryAcquire(END_PATIENCE_NS);
        if (holds) {
            while (poller.poll() > 0) {
                Thread.onSpinWait();
            }
        }
        calls.forEach(this::failIfWaiting);
        failedAll = true;
        calls.forEach(this::failIfWaiting); // once more, for calls that were sent while this was under way
        streams.fail(reason);
        if (holds) {
            poller.release();
        } else {
            poller.deliver();
        }
    }

    private void failIfWaiting(final PendingCall call) {
        final OutcomeSink sink = call.sink();
        poller.freeIfAbandoned(call, sink);
        if (call.failWaiting() && sink != null) {
            sink.completed(call);
        }
    }

    /**
     * Closes the link, once no call is in it any more. Call after {@link #end}.
     *
     * @return false if a call stayed in it, within bounds, so that the link was left open: unmapping it could crash the JVM
     */
    public boolean close() {
        final long giveUpAt = System.nanoTime() + END_PATIENCE_NS;
        streams.close();
        while (calls.inFlight() > 0 || !streams.isOut()) {
            if (System.nanoTime() - giveUpAt > 0) {
                return false;
            }
            LockSupport.parkNanos(this, ROOM_PAUSE_NS);
        }
        if (!poller.tryAcquire(END_PATIENCE_NS)) {
            return false;
        }
        loans.close();
        link.close(); // with the role kept for good: nobody polls again
        return true;
    }
}

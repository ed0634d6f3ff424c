package io.outrider.engine;

import io.outrider.api.LoanArena;
import io.outrider.config.LinkConfig;
import io.outrider.contract.ContractMethod;
import io.outrider.contract.StreamShape;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ErrorCode;
import io.outrider.error.OutriderException;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.stream.Gate;
import io.outrider.stream.InboundStream;
import io.outrider.stream.Inbox;
import io.outrider.stream.Letter;
import io.outrider.stream.OutboundStream;
import io.outrider.stream.Pump;
import io.outrider.stream.StreamPort;
import io.outrider.stream.StreamTable;
import io.outrider.stream.Window;
import io.outrider.stub.ObjectRef;
import io.outrider.telemetry.Log;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import io.outrider.transport.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The client's ends of the streams of one link: those that calls have yielded, and those that calls have taken. Safe from any
 * thread. A reader polls the reply lane itself while it waits, as a caller does; see {@link CallClient}.
 */
final class ClientStreams implements StreamPort {
    private static final Log LOG = Log.of(ClientStreams.class);
    private static final long MAX_PARK_NS = 100_000_000;
    private static final long ROOM_PAUSE_NS = 50_000;
    private static final int CHECK_EVERY = 16;

    private final CallClient client;
    private final FrameSender sender;
    private final ReplyPoller poller;
    private final Marshaller marshaller;
    private final ClientThreads threads;
    private final LinkConfig config;
    private final Window window;
    private final StreamTable<Inbox> inbound = new StreamTable<>();
    private final StreamTable<OutboundStream> outbound = new StreamTable<>();
    private final Inbox.Spares spares = new Inbox.Spares();
    private final ConcurrentLinkedQueue<Pump> pumps = new ConcurrentLinkedQueue<>();
    private final Set<Pump> busyPumps = ConcurrentHashMap.newKeySet();
    private final ForsakenStreams forsaken = new ForsakenStreams();
    private final ConcurrentLinkedQueue<Inbox> cancels = new ConcurrentLinkedQueue<>(); // for which there was no room
    private final ConcurrentLinkedQueue<Long> unknown =
            new ConcurrentLinkedQueue<>(); // asked for, and not here any more
    private final Gate gate = new Gate();

    /** What yields a stream, for messages; a sentence is made of it only if one is needed. */
    private record Name(ContractMethod method, ObjectRef ref) {
        @Override
        public String toString() {
            return method + " on " + ref;
        }
    }

    ClientStreams(
            final CallClient client,
            final FrameSender sender,
            final ReplyPoller poller,
            final Marshaller marshaller,
            final ClientThreads threads) {
        this.client = client;
        this.sender = sender;
        this.poller = poller;
        this.marshaller = marshaller;
        this.threads = threads;
        this.config = client.config();
        this.window = new Window(config.streamWindow(), config.streamWindowBytes());
    }

    /** Sends the call of a generator, and makes the near end of what it will yield. The call is ended. */
    Object open(final PendingCall call) {
        final ContractMethod method = call.contractMethod();
        final StreamShape shape = Objects.requireNonNull(method.yields());
        final Inbox inbox = inbound.claim(id -> new Inbox(id, new Name(method, call.ref()), this, spares));
        try {
            final List<OutboundStream> sources = call.takeSources(); // from now on the generator's, which ends them
            try {
                client.requireOpen(); // after the claim: whoever ends the client looks at the streams after that
                sendCall(call, inbox.id());
            } catch (final RuntimeException | Error failure) {
                giveUp(sources);
                throw failure;
            }
        } catch (final RuntimeException | Error failure) {
            inbound.remove(inbox.id());
            throw failure;
        }
        if (call.hasDeadline()) {
            inbox.expectBegin(call.timeoutNs(), System.nanoTime() + call.remainingNs(Long.MAX_VALUE));
        }
        client.end(call);
        final InboundStream<?> stream = InboundStream.of(shape, inbox, this, window, client.workerId());
        forsaken.add(stream, this);
        return stream.as(shape.declared());
    }

    private void sendCall(final PendingCall call, final long stream) {
        final int flags = call.seal();
        final UnsafeBuffer frame = call.arguments().buffer();
        final int length = call.arguments().length();
        CallSender.putHeader(call, flags | (needsArena(length) ? FrameDescriptor.IN_ARENA : 0), stream);
        call.outgoing().handOver(); // before the worker can have it
        int sent = Publication.BACK_PRESSURED;
        try {
            final Deadline patience = Deadline.after(client.config().patience());
            int fruitless = 0;
            sent = trySend(frame, call.header(), length, call.claim(), call.block());
            while (sent == Publication.BACK_PRESSURED) {
                awaitRoom(fruitless++);
                if (patience.hasPassed()
                        || call.hasExpired()
                        || Thread.currentThread().isInterrupted()) {
                    throw unsent(call, length);
                }
                sent = trySend(frame, call.header(), length, call.claim(), call.block());
            }
        } finally {
            if (sent != Publication.OK) {
                call.outgoing().takeBack();
            }
        }
        client.requireOpen();
    }

    private OutriderException unsent(final PendingCall call, final int length) {
        final String text = "there was no room to send " + call + " (" + length + " bytes): worker " + client.workerId()
                + " has not kept up";
        if (Thread.currentThread().isInterrupted()) {
            return new CallInterruptedException("interrupted: " + text);
        }
        return call.hasExpired() ? new CallTimeoutException(text) : new BackPressureException(text);
    }

    /** Makes the far end's source of an argument; closed when the call has ended, or what it yields. */
    OutboundStream take(final Object source, final ContractMethod method, final int parameter) {
        final StreamShape shape =
                Objects.requireNonNull(method.takes().get(parameter), "a parameter that stands for values over time");
        final String name = "parameter " + (parameter + 1) + " of " + method;
        Objects.requireNonNull(source, () -> name + " is null: pass an empty stream for no values");
        final OutboundStream stream = outbound.claim(id -> new OutboundStream(id, name, this));
        poller.await();
        stream.expectSlow();
        stream.begin(source, shape, () -> {});
        return stream;
    }

    /** How much of an argument a worker may have read ahead. */
    Window window() {
        return window;
    }

    static void giveUp(final @Nullable List<OutboundStream> sources) {
        if (sources != null) {
            sources.forEach(source -> source.stop(
                    new Refusal(ErrorCode.CLOSED, "the call that was given " + source + " has ended", 0, 0)));
        }
    }

    /** For the poller: takes a frame of a stream; false if it is nobody's. */
    boolean onFrame(final DirectBuffer frame, final int offset, final int length) {
        final long id = FrameDescriptor.correlationId(frame, offset);
        final byte type = FrameDescriptor.type(frame, offset);
        if (type == FrameDescriptor.CREDIT || type == FrameDescriptor.CANCEL) {
            final OutboundStream source = outbound.find(id);
            if (source != null) {
                source.arrived(frame, offset);
            } else if (type == FrameDescriptor.CREDIT) {
                unknown.add(id);
            }
            return true;
        }
        final Inbox inbox = inbound.find(id);
        if (inbox == null) {
            return false;
        }
        final boolean taken = inbox.arrived(frame, offset, length);
        if (type != FrameDescriptor.ITEMS) {
            forget(inbox);
        }
        return taken;
    }

    private void forget(final Inbox inbox) {
        inbound.remove(inbox.id());
        forsaken.remove(inbox);
        if (inbox.watched(false)) {
            poller.awaitNoMore();
        }
    }

    /** The worker has ended: its streams end with what has arrived, and then that. */
    void fail(final Supplier<? extends OutriderException> reason) {
        inbound.forEach(inbox -> {
            forget(inbox);
            inbox.fail(reason);
        });
        outbound.forEach(source -> source.stop(null));
    }

    /**
     * For the agent, now and then: closes what was forsaken, sends what there was no room for, and polls: what was on its way in a stream
     * that was closed is nobody's, and may have brought loans, which are to go back.
     */
    void keepHouse() {
        forsaken.close();
        busyPumps.forEach(Pump::flushStuck); // what found no room in the lane when it was due
        poller.pollOrRequest();
        final Letter letter = new Letter();
        Inbox cancelled = cancels.peek();
        while (cancelled != null && letter.sendCancel(this, cancelled.id()) != Publication.BACK_PRESSURED) {
            cancels.poll();
            forget(cancelled);
            cancelled = cancels.peek();
        }
        Long asked = unknown.peek();
        while (asked != null && letter.sendRefusal(this, asked, "the call has ended") != Publication.BACK_PRESSURED) {
            unknown.poll();
            asked = unknown.peek();
        }
        poller.deliver();
    }

    void close() {
        gate.close();
    }

    /** Whether nobody is in the link; for good after {@link #close}. */
    boolean isOut() {
        return gate.isEmpty();
    }

    @Override
    public Marshaller marshaller() {
        return marshaller;
    }

    @Override
    public int maxPayloadBytes() {
        return config.maxPayloadBytes();
    }

    @Override
    public LinkArena loans() {
        return client.arena();
    }

    @Override
    public @Nullable LoanArena arenaOfGenerators() {
        return null; // in this process an arena is that of an object, and named
    }

    @Override
    public boolean needsArena(final int length) {
        return sender.needsArena(length);
    }

    @Override
    public boolean suitsArena(final int length) {
        return sender.suitsArena(length);
    }

    @Override
    public int trySend(
            final UnsafeBuffer frame, final int header, final int length, final Claim claim, final ArenaBlock block) {
        if (!gate.enter()) {
            return Publication.CLOSED;
        }
        try {
            return client.hasEnded() ? Publication.CLOSED : sender.trySend(frame, header, length, claim, block);
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean awaitRoom(final int fruitless) {
        if (poller.pollOrRequest() == 0 && !client.idlePolicy().idle(fruitless)) {
            LockSupport.parkNanos(this, ROOM_PAUSE_NS);
        }
        return !client.hasEnded();
    }

    @Override
    public void await(final InboundStream<?> stream) {
        if (!gate.enter()) {
            LockSupport.parkNanos(this, ROOM_PAUSE_NS); // whoever closed it fails the stream first
            return;
        }
        try {
            poll(stream);
        } finally {
            gate.leave();
        }
    }

    private void poll(final InboundStream<?> stream) {
        final Inbox inbox = stream.inbox();
        int fruitless = 0;
        while (!inbox.isReady()) {
            if (poller.tryAcquire()) {
                try {
                    fruitless = pollFor(inbox, fruitless);
                } finally {
                    poller.release();
                }
                if (inbox.isReady()) {
                    return;
                }
            }
            check(inbox);
            stream.giveCredit();
            if (!client.idlePolicy().idle(fruitless++)) {
                park(inbox);
                fruitless = 0;
            }
        }
    }

    /** With the poll role: polls until something is here for the reader, or it is time to look at the rest of the world. */
    private int pollFor(final Inbox inbox, final int before) {
        int fruitless = before;
        for (int polls = 0; polls < CHECK_EVERY && !inbox.isReady(); polls++) {
            if (poller.poll() > 0) {
                fruitless = 0;
            } else if (client.hasEnded() || !client.idlePolicy().idle(fruitless)) {
                return fruitless;
            } else {
                fruitless++;
            }
        }
        return fruitless;
    }

    private void check(final Inbox inbox) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CallInterruptedException(
                    "interrupted while waiting for a value of " + inbox + ": the stream is still open");
        }
        if (inbox.isLate() && !inbox.isReady()) {
            throw new CallTimeoutException(
                    "the generator of " + inbox + " was not made within " + Duration.ofNanos(inbox.timeoutNs()));
        }
        if (client.hasEnded()) { // whoever ends the client drains the lane first, and fails this stream then
            LockSupport.parkNanos(this, ROOM_PAUSE_NS);
        }
    }

    private void park(final Inbox inbox) {
        inbox.waiter(Thread.currentThread());
        poller.await();
        try {
            poller.pollOrRequest();
            if (!inbox.isReady()) {
                LockSupport.parkNanos(inbox, inbox.remainingNs(MAX_PARK_NS));
            }
        } finally {
            poller.awaitNoMore();
            inbox.waiter(null);
        }
    }

    @Override
    public void watch(final Inbox inbox) {
        if (!gate.enter()) {
            return;
        }
        try {
            poller.await();
            inbox.watched(true);
            if (inbound.find(inbox.id()) == null && inbox.watched(false)) { // all of it has arrived
                poller.awaitNoMore();
            }
        } finally {
            gate.leave();
        }
    }

    @Override
    public Executor delivery() {
        return threads.completion();
    }

    @Override
    public void later(final Runnable action) {
        poller.actLater(action);
    }

    @Override
    public void schedule(final OutboundStream stream) {
        try {
            threads.production().execute(() -> produce(stream));
        } catch (final RejectedExecutionException closed) { // the executor is closed, and with it all that it had
            LOG.warn("{} is not closed: its executor is", stream);
        }
    }

    private void produce(final OutboundStream stream) {
        final Pump pump = Objects.requireNonNullElseGet(
                pumps.poll(), () -> new Pump(marshaller, config.maxPayloadBytes(), loans()));
        busyPumps.add(pump);
        Pump.Result result = Pump.Result.MORE;
        while (result == Pump.Result.MORE) {
            result = pump.run(stream, true);
        }
        busyPumps.remove(pump);
        pumps.add(pump);
    }

    @Override
    public void ended(final OutboundStream stream) {
        if (outbound.remove(stream.id())) {
            poller.awaitNoMore();
        }
    }

    @Override
    public void cancel(final Inbox inbox) {
        if (inbound.find(inbox.id()) == null) {
            return;
        }
        if (new Letter().sendCancel(this, inbox.id()) == Publication.BACK_PRESSURED) {
            cancels.add(inbox); // its id is not used again before that is sent
        } else {
            forget(inbox);
        }
    }
}

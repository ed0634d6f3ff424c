package io.outrider.worker.host;

import io.outrider.api.LoanArena;
import io.outrider.contract.ContractMethod;
import io.outrider.contract.StreamShape;
import io.outrider.engine.FrameSender;
import io.outrider.engine.IdlePolicy;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ErrorCode;
import io.outrider.error.ProtocolException;
import io.outrider.loan.LinkArena;
import io.outrider.loan.UnreadMessages;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.stream.InboundStream;
import io.outrider.stream.Inbox;
import io.outrider.stream.Letter;
import io.outrider.stream.OutboundStream;
import io.outrider.stream.StreamPort;
import io.outrider.stream.StreamTable;
import io.outrider.stream.Window;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import io.outrider.transport.Publication;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The worker's ends of the streams of one client's link. Safe from any thread. */
final class WorkerStreams implements StreamPort {
    private static final int CALLER = -1;
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ClientLink client;
    private final FrameSender sender;
    private final IdlePolicy idlePolicy;
    private final StreamTurns turns;
    private final StreamTable<OutboundStream> outbound = new StreamTable<>();
    private final StreamTable<Inbox> inbound = new StreamTable<>();
    private final Map<OutboundStream, HostedObject> open = new ConcurrentHashMap<>();
    private final Inbox.Spares spares = new Inbox.Spares();
    private final UnreadMessages unread; // for the leader
    private volatile boolean stopped;

    /** What yields a stream, for messages; a sentence is made of it only if one is needed. */
    private record Name(HostedObject object, ContractMethod method) {
        @Override
        public String toString() {
            return method + " of " + object;
        }
    }

    WorkerStreams(
            final ClientLink client, final FrameSender sender, final IdlePolicy idlePolicy, final StreamTurns turns) {
        this.client = client;
        this.sender = sender;
        this.idlePolicy = idlePolicy;
        this.turns = turns;
        this.unread = new UnreadMessages(client.loans());
    }

    /** For the leader: a call has come that yields a stream. What the client says of that stream can come before it runs. */
    void expect(final long id, final HostedObject object, final ContractMethod method) {
        final OutboundStream stream = new OutboundStream(id, new Name(object, method), this);
        stream.grant(turns.window());
        client.enter(); // whose memory stays while the stream is open
        open.put(stream, object);
        outbound.put(id, stream);
        if (stopped) {
            stream.stop(null);
        }
    }

    /** The stream of a call that runs now; null if its client asked for none. */
    @Nullable
    OutboundStream expected(final long id) {
        final OutboundStream found = outbound.find(id);
        return found != null
                ? found
                : open.keySet().stream()
                        .filter(stream -> stream.id() == id)
                        .findFirst()
                        .orElse(null);
    }

    /** The call of a stream has failed, and its outcome was sent. */
    void forget(final long id) {
        final OutboundStream stream = expected(id);
        if (stream != null) {
            ended(stream);
        }
    }

    /** Says that the generator of a stream was made. */
    void sayBegun(final long id) {
        final Letter letter = new Letter();
        int fruitless = 0;
        while (letter.sendBegun(this, id) == Publication.BACK_PRESSURED && awaitRoom(fruitless)) {
            fruitless++;
        }
    }

    /** Makes the near end of an argument that stands for values over time. Nothing is pulled before the first read. */
    InboundStream<?> receive(final ValueReader arguments, final ContractMethod method, final int parameter) {
        final long id = arguments.getLong();
        final Window window = new Window(arguments.getInt(), arguments.getInt());
        final StreamShape shape = method.takes().get(parameter);
        if (shape == null || !FrameDescriptor.isStreamId(id)) {
            throw new ProtocolException("parameter " + (parameter + 1) + " of " + method + " is no stream");
        }
        final String name = "parameter " + (parameter + 1) + " of " + method;
        final Inbox inbox = new Inbox(id, name, this, spares);
        inbound.put(id, inbox);
        return InboundStream.of(shape, inbox, this, window, CALLER).openLate();
    }

    /** For the leader: takes a frame of a stream. */
    void onFrame(final DirectBuffer frame, final int offset, final int length) {
        final long id = FrameDescriptor.correlationId(frame, offset);
        final byte type = FrameDescriptor.type(frame, offset);
        if (type == FrameDescriptor.CREDIT || type == FrameDescriptor.CANCEL) {
            final OutboundStream stream = outbound.find(id);
            if (stream != null) {
                stream.arrived(frame, offset);
            }
            return;
        }
        final Inbox inbox = inbound.find(id);
        if (inbox == null || !inbox.arrived(frame, offset, length)) {
            unread.release(frame, offset, length);
        }
        if (inbox != null && type != FrameDescriptor.ITEMS) {
            inbound.remove(id);
        }
    }

    @Override
    public void schedule(final OutboundStream stream) {
        turns.schedule(stream);
    }

    /** How many generators have not been cleaned up. */
    int open() {
        return open.size();
    }

    /** Stops the generators of an object that was let go. */
    void objectClosed(final HostedObject object) {
        open.forEach((stream, owner) -> {
            if (owner == object) {
                stream.stop(new Refusal(ErrorCode.CLOSED, object + " was closed before its stream had ended", 0, 0));
            }
        });
    }

    /** Stops all generators and has them cleaned up. Does not wait. */
    void stopAll() {
        stopped = true;
        open.keySet().forEach(stream -> stream.stop(null));
    }

    @Override
    public Marshaller marshaller() {
        return turns.marshaller();
    }

    @Override
    public int maxPayloadBytes() {
        return turns.maxPayloadBytes();
    }

    @Override
    public LinkArena loans() {
        return client.loans();
    }

    @Override
    public @Nullable LoanArena arenaOfGenerators() {
        return client.isOwner() ? null : client.loans();
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
        if (!client.tryEnter()) {
            return Publication.CLOSED;
        }
        try {
            return sender.trySend(frame, header, length, claim, block);
        } finally {
            client.leave();
        }
    }

    @Override
    public boolean awaitRoom(final int fruitless) {
        return client.replies().awaitRoom(fruitless);
    }

    @Override
    public void await(final InboundStream<?> stream) {
        final Inbox inbox = stream.inbox();
        int fruitless = 0;
        while (!inbox.isReady()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CallInterruptedException(
                        "interrupted while waiting for a value of " + inbox + ": the stream is still open");
            }
            stream.giveCredit();
            if (!idlePolicy.idle(fruitless++)) {
                park(inbox);
                fruitless = 0;
            }
        }
    }

    private static void park(final Inbox inbox) {
        inbox.waiter(Thread.currentThread());
        try {
            if (!inbox.isReady()) {
                LockSupport.parkNanos(inbox, MAX_PARK_NS);
            }
        } finally {
            inbox.waiter(null);
        }
    }

    @Override
    public void watch(final Inbox inbox) {
        // The leader polls always.
    }

    @Override
    public Executor delivery() {
        return turns.threads();
    }

    @Override
    public void later(final Runnable action) {
        action.run(); // all that it does is to have the pool run the rest
    }

    @Override
    public void ended(final OutboundStream stream) {
        outbound.remove(stream.id());
        if (open.remove(stream) != null) {
            client.leave();
        }
    }

    @Override
    public void cancel(final Inbox inbox) {
        final Letter letter = new Letter();
        int fruitless = 0;
        while (letter.sendCancel(this, inbox.id()) == Publication.BACK_PRESSURED && awaitRoom(fruitless)) {
            fruitless++;
        }
        inbound.remove(inbox.id());
    }
}

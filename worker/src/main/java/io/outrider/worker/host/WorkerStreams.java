package io.outrider.worker.host;

import io.outrider.contract.ContractMethod;
import io.outrider.contract.StreamShape;
import io.outrider.engine.FrameSender;
import io.outrider.engine.IdlePolicy;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ErrorCode;
import io.outrider.error.ProtocolException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
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
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Claim;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's ends of the streams of its link. A generator that is fast is run by the leader, a turn of some microseconds at
 * a time between two polls: then nothing is handed from thread to thread, and its credit is read by who needs it. One that
 * is slow runs on a thread of the pool, which it gives back while it has no credit. Safe from any thread.
 */
final class WorkerStreams implements StreamPort {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerStreams.class);
    private static final int MAX_READY = 1024;
    private static final int CALLER = -1;
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int CLOSE_PAUSES = 1000;

    private final Link link;
    private final Marshaller marshaller;
    private final FrameSender sender;
    private final Replies replies;
    private final IdlePolicy idlePolicy;
    private final int maxPayloadBytes;
    private final WorkerThreads threads;
    private final StreamTable<OutboundStream> outbound = new StreamTable<>();
    private final StreamTable<Inbox> inbound = new StreamTable<>();
    private final Map<OutboundStream, HostedObject> open = new ConcurrentHashMap<>();
    private final ManyToManyConcurrentArrayQueue<OutboundStream> ready =
            new ManyToManyConcurrentArrayQueue<>(MAX_READY); // for the leader
    private final ConcurrentLinkedQueue<Pump> pumps = new ConcurrentLinkedQueue<>();
    private final Inbox.Spares spares = new Inbox.Spares();
    private final Gate gate = new Gate();
    private final ArenaBlock lateBlock = new ArenaBlock();
    private Runnable wakeLeader = () -> {}; // set before the first call
    private Consumer<Throwable> fatal = failure -> {}; // set before the first call
    private volatile boolean stopped;

    /** What yields a stream, for messages; a sentence is made of it only if one is needed. */
    private record Name(HostedObject object, ContractMethod method) {
        @Override
        public String toString() {
            return method + " of " + object;
        }
    }

    WorkerStreams(
            final Link link,
            final Marshaller marshaller,
            final FrameSender sender,
            final Replies replies,
            final IdlePolicy idlePolicy,
            final int maxPayloadBytes,
            final WorkerThreads threads) {
        this.link = link;
        this.marshaller = marshaller;
        this.sender = sender;
        this.replies = replies;
        this.idlePolicy = idlePolicy;
        this.maxPayloadBytes = maxPayloadBytes;
        this.threads = threads;
    }

    /** Whom to wake when a stream is ready, and whom to tell that a lane failed. */
    void connect(final Runnable leader, final Consumer<Throwable> failures) {
        wakeLeader = leader;
        fatal = failures;
    }

    /** For the leader: a call has come that yields a stream. What the client says of that stream can come before it runs. */
    void expect(final long id, final HostedObject object, final ContractMethod method) {
        final OutboundStream stream = new OutboundStream(id, new Name(object, method), this);
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
            releaseUnread(frame, offset);
        }
        if (inbox != null && type != FrameDescriptor.ITEMS) {
            inbound.remove(id);
        }
    }

    private void releaseUnread(final DirectBuffer frame, final int offset) {
        final int body = offset + FrameDescriptor.OUTCOME_HEADER;
        if (FrameDescriptor.isInArena(frame, offset)
                && arena().open(
                                FrameDescriptor.arenaHandle(frame, body),
                                FrameDescriptor.arenaLength(frame, body),
                                lateBlock)
                        == BufferArena.OK) {
            arena().release(lateBlock);
        }
    }

    /** For the leader: the next stream that is ready for a turn; null if none is. */
    @Nullable
    OutboundStream nextReady() {
        return ready.poll();
    }

    /** Puts one back that was taken and not run. */
    void scheduleIfReady(final @Nullable OutboundStream stream) {
        if (stream != null) {
            schedule(stream);
        }
    }

    WorkerThreads threads() {
        return threads;
    }

    boolean isAnyReady() {
        return !ready.isEmpty();
    }

    Pump borrow() {
        return Objects.requireNonNullElseGet(pumps.poll(), () -> new Pump(this));
    }

    void giveBack(final Pump pump) {
        pumps.add(pump);
    }

    @Override
    public void schedule(final OutboundStream stream) {
        if (!stream.isSlow() && !stream.isStopped() && !stopped && ready.offer(stream)) {
            wakeLeader.run();
            return;
        }
        try {
            threads.execute(() -> runAlone(stream));
        } catch (final RejectedExecutionException ending) {
            LOG.debug("{} ends with its worker", stream);
        }
    }

    private void runAlone(final OutboundStream stream) {
        try {
            final Pump pump = borrow();
            Pump.Result result = pump.run(stream, true);
            while (result == Pump.Result.MORE && (stream.isSlow() || stream.isStopped())) {
                result = pump.run(stream, true);
            }
            giveBack(pump);
            if (result == Pump.Result.MORE) {
                schedule(stream);
            }
        } catch (final Throwable failure) { // of the lane, since the generator's own are its reader's
            fatal.accept(failure);
        }
    }

    /** How many generators have not been cleaned up. */
    int open() {
        if (stopped) {
            moveReady();
        }
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

    /** Stops all generators and has them cleaned up; the leader need not be there any more. Does not wait. */
    void stopAll() {
        stopped = true;
        open.keySet().forEach(stream -> stream.stop(null));
        moveReady();
    }

    private void moveReady() {
        for (OutboundStream stream = ready.poll(); stream != null; stream = ready.poll()) {
            schedule(stream);
        }
    }

    /** Nobody uses the link any more when this returns, within a bound. */
    void close() {
        gate.close();
        for (int i = 0; i < CLOSE_PAUSES && !gate.isEmpty(); i++) {
            LockSupport.parkNanos(this, CLOSE_PAUSE_NS);
        }
    }

    @Override
    public Marshaller marshaller() {
        return marshaller;
    }

    @Override
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    @Override
    public BufferArena arena() {
        return link.arena();
    }

    @Override
    public boolean needsArena(final int length) {
        return sender.needsArena(length);
    }

    @Override
    public int trySend(
            final UnsafeBuffer frame, final int header, final int length, final Claim claim, final ArenaBlock block) {
        if (!gate.enter()) {
            return Publication.CLOSED;
        }
        try {
            return sender.trySend(frame, header, length, claim, block);
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean awaitRoom(final int fruitless) {
        return replies.awaitRoom(fruitless);
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
        return threads;
    }

    @Override
    public void later(final Runnable action) {
        action.run(); // all that it does is to have the pool run the rest
    }

    @Override
    public void ended(final OutboundStream stream) {
        outbound.remove(stream.id());
        open.remove(stream);
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

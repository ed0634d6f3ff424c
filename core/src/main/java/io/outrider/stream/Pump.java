package io.outrider.stream;

import io.outrider.api.CurrentArena;
import io.outrider.api.LoanArena;
import io.outrider.error.ErrorCode;
import io.outrider.error.OutriderException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.StorageException;
import io.outrider.loan.BlockOutbox;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import io.outrider.transport.Publication;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one stream after the other: pulls values out of the generator, gathers them in a frame, sends it. For one thread at a
 * time, except {@link #flushStuck}. On the leader a frame is sent when it is full, when some microseconds have passed since it was begun,
 * and before the pump leaves the stream; so a value that took its time goes at once, and values that come fast go many to a frame. How
 * long sending takes does not count: where that is slow a frame must not become smaller. Elsewhere, where a generator may take as long
 * as it likes, a value goes at once unless the reader is known to be behind.
 *
 * <p>While the user's code runs the frame is unlocked. If that takes long, somebody else sends what was gathered: on the leader its
 * watchdog, elsewhere whoever takes the credit that says that the reader has come near.
 */
public final class Pump {
    /** What became of a stream that was run. */
    public enum Result {
        /** It had its turn, and has more to do. */
        MORE,
        /** It will be scheduled when there is something to do. */
        IDLE,
        /** It has ended. */
        ENDED
    }

    private static final int HEADER = FrameDescriptor.OUTCOME_HEADER;
    private static final int FRAME_BYTES = 4096;
    private static final long FLUSH_NS = 4_000;
    private static final long TURN_NS = 20_000;
    private static final VarHandle LOCK;

    static {
        try {
            LOCK = MethodHandles.lookup().findVarHandle(Pump.class, "locked", boolean.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final NanoClock clock;
    private final BlockOutbox outgoing;
    private final ValueWriter frame;
    private final Claim claim = new Claim();
    private final ArenaBlock block = new ArenaBlock();

    @SuppressWarnings("unused") // through LOCK
    private volatile boolean locked;

    // Guarded by the lock.
    private @Nullable OutboundStream stream;
    private int count;
    private int nextLook; // at how many values to look at the clock

    private @Nullable Throwable failure; // of the turn
    private long waitedNs; // for room, in the turn: not the generator's fault

    /** How a turn ended. */
    private enum Turn {
        MORE,
        IDLE,
        END,
        THREW,
        REFUSED,
        STOPPED
    }

    /**
     * @param marshaller encodes the values
     * @param maxPayloadBytes the most that one value may take
     * @param loans of any of the links whose streams will be run
     */
    public Pump(final Marshaller marshaller, final int maxPayloadBytes, final LinkArena loans) {
        this(marshaller, maxPayloadBytes, loans, SystemNanoClock.INSTANCE);
    }

    Pump(final Marshaller marshaller, final int maxPayloadBytes, final LinkArena loans, final NanoClock clock) {
        this.clock = clock;
        this.outgoing = new BlockOutbox(loans);
        this.frame = new ValueWriter(marshaller, FRAME_BYTES + maxPayloadBytes, outgoing); // behind some others
    }

    /**
     * Runs a stream that was scheduled, for one turn.
     *
     * @param running the stream
     * @param alone whether the generator may take long, and nobody looks whether it does: off the leader
     * @return {@link Result#MORE} if it must be run again soon
     */
    public Result run(final OutboundStream running, final boolean alone) {
        final LoanArena arena = running.port().arenaOfGenerators();
        if (arena == null) {
            return runHere(running, alone);
        }
        final LoanArena before = CurrentArena.ofThread(arena);
        try {
            return runHere(running, alone);
        } finally {
            CurrentArena.ofThread(before);
        }
    }

    private Result runHere(final OutboundStream running, final boolean alone) {
        final int work = running.work();
        final long beginNs = clock.nanoTime();
        final long before = running.spentItems();
        waitedNs = 0;
        lock();
        stream = running;
        outgoing.use(running.port().loans());
        Turn turn;
        try {
            begin();
            if (alone) {
                running.gatherer(this);
            }
            turn = running.enter() ? produce(running, alone, beginNs) : Turn.STOPPED;
        } catch (final OutriderException unsendable) { // larger than the arena, say
            outgoing.discard();
            failure = unsendable;
            turn = Turn.REFUSED;
        } finally {
            running.leave();
            if (alone) {
                running.gatherer(null);
            }
            stream = null;
            frame.trim();
            unlock();
        }
        if (turn != Turn.MORE && turn != Turn.IDLE) {
            end(running, turn);
            return Result.ENDED;
        }
        running.judge(clock.nanoTime() - beginNs - waitedNs, running.spentItems() - before);
        return turn == Turn.MORE || running.workLeft(work) ? Result.MORE : Result.IDLE;
    }

    private void begin() {
        frame.reset(HEADER);
        count = 0;
        nextLook = 1;
    }

    private Turn produce(final OutboundStream running, final boolean alone, final long beginNs) {
        final Source source = running.source();
        int frameItems = running.frameItems();
        while (!running.isStopped()) {
            if (!running.mayProduce(frame.length() - HEADER)) {
                flush(running);
                return Turn.IDLE;
            }
            final Turn next = next(running, source, alone);
            if (next != Turn.MORE) {
                flush(running);
                return running.isStopped() ? Turn.STOPPED : next;
            }
            running.produced();
            count++;
            if (count >= frameItems
                    || frame.length() >= FRAME_BYTES
                    || outgoing.count() > 0
                    || (alone ? !running.isReaderBehind(count) : isDue(beginNs))) {
                flush(running);
                if (!alone || clock.nanoTime() - beginNs >= TURN_NS) {
                    return Turn.MORE;
                }
                frameItems = running.frameItems();
            }
        }
        return Turn.STOPPED;
    }

    /** Gets one value and puts it into the frame; anything but MORE is the end, or that there is none now. */
    private Turn next(final OutboundStream running, final Source source, final boolean alone) {
        final Source.State found;
        if (alone && count > 0) {
            unlockAndLookAtCredit(running);
        } else {
            unlock();
        }
        try {
            found = source.advance();
        } catch (final Throwable thrown) { // by the user's code: the reader's to know
            failure = thrown;
            return Turn.THREW;
        } finally {
            lock();
        }
        if (found != Source.State.VALUE) {
            return found == Source.State.END ? Turn.END : Turn.IDLE;
        }
        final int before = frame.length();
        try {
            source.put(frame);
            return Turn.MORE;
        } catch (final Throwable unsendable) { // what was gathered before it can be sent
            frame.separate();
            frame.rewind(before);
            outgoing.discard(); // what values before it brought was sent with them
            failure = unsendable;
            return Turn.REFUSED;
        }
    }

    /** Credit that came while the frame was locked could not have it sent: either it is seen here, or it finds the frame unlocked. */
    private void unlockAndLookAtCredit(final OutboundStream running) {
        LOCK.setVolatile(this, false); // before that look; pairs with the compare-and-set in creditCame(), after it
        if (!running.isReaderBehind(count)) {
            lock();
            flush(running);
            unlock();
        }
    }

    /** Some microseconds have passed since the frame was begun: the reader may be waiting. Asks the clock ever less often. */
    private boolean isDue(final long beginNs) {
        if (count < nextLook) {
            return false;
        }
        nextLook <<= 1;
        return clock.nanoTime() - beginNs >= FLUSH_NS;
    }

    private void flush(final OutboundStream running) {
        if (count == 0) {
            return;
        }
        final int blocks = outgoing.seal(frame) ? FrameDescriptor.HAS_BLOCKS : 0;
        final int length = frame.length();
        final long blockBytes = outgoing.bytes();
        outgoing.handOver(); // before the reader can have it
        if (sendByArena(running, blocks, length) || send(running, blocks, length)) {
            outgoing.settle();
        } else {
            outgoing.discard();
        }
        flushed(running, length - HEADER + blockBytes);
    }

    private void flushed(final OutboundStream running, final long bytes) {
        running.sent(count, bytes);
        begin();
    }

    private static short flags(final OutboundStream running, final int length) {
        return running.port().needsArena(length) ? FrameDescriptor.IN_ARENA : 0;
    }

    /** Sends the frame through the arena if it is better off there and there is room; otherwise it goes the usual way. */
    private boolean sendByArena(final OutboundStream running, final int blocks, final int length) {
        final StreamPort port = running.port();
        if (!port.suitsArena(length)) {
            return false;
        }
        putItems(running, blocks | FrameDescriptor.IN_ARENA);
        try {
            return port.trySend(frame.buffer(), HEADER, length, claim, block) == Publication.OK;
        } catch (final StorageException noMemory) { // for the block; the lane has taken its own before
            return false;
        }
    }

    private void putItems(final OutboundStream running, final int flags) {
        FrameDescriptor.putItems(frame.buffer(), 0, (short) flags, count, running.id());
    }

    /** Sends the frame, waiting for room; false if nobody will have it. */
    private boolean send(final OutboundStream running, final int blocks, final int length) {
        putItems(running, blocks | flags(running, length));
        final UnsafeBuffer buffer = frame.buffer();
        final StreamPort port = running.port();
        int sent = port.trySend(buffer, HEADER, length, claim, block);
        if (sent == Publication.BACK_PRESSURED) {
            final long fullSinceNs = clock.nanoTime();
            int fruitless = 0;
            while (sent == Publication.BACK_PRESSURED && !running.isStopped() && port.awaitRoom(fruitless)) {
                fruitless++;
                sent = port.trySend(buffer, HEADER, length, claim, block);
            }
            waitedNs += clock.nanoTime() - fullSinceNs;
        }
        return sent == Publication.OK;
    }

    /**
     * Sends what was gathered, if the user's code has not returned. From any thread.
     *
     * @return false if that must be tried again
     */
    public boolean flushStuck() {
        if (!LOCK.compareAndSet(this, false, true)) {
            return false;
        }
        try {
            return trySendGathered();
        } finally {
            unlock();
        }
    }

    /**
     * For who has taken credit: sends what was gathered, unless the reader still has enough to read. If there is no room in the lane,
     * whoever looks after stuck pumps does it later.
     */
    void creditCame(final OutboundStream from) {
        if (LOCK.compareAndSet(this, false, true)) { // otherwise who has locked it looks at the credit afterwards
            try {
                if (stream == from && !from.isReaderBehind(count)) {
                    trySendGathered();
                }
            } finally {
                unlock();
            }
        }
    }

    private boolean trySendGathered() {
        final OutboundStream stuck = stream;
        if (stuck == null || count == 0) {
            return true;
        }
        final int length = frame.length();
        putItems(stuck, flags(stuck, length));
        if (stuck.port().trySend(frame.buffer(), HEADER, length, claim, block) == Publication.BACK_PRESSURED) {
            return false;
        }
        flushed(stuck, length - HEADER);
        return true;
    }

    /** Cleans up first, so that who sees the end sees what the clean-up did. */
    private void end(final OutboundStream running, final Turn turn) {
        final Throwable thrown = failure;
        failure = null;
        running.cleanUp();
        final Refusal reason = running.reason();
        if (turn != Turn.STOPPED || reason != null) {
            frame.reset(HEADER);
            byte type = FrameDescriptor.VALUE;
            if (turn == Turn.STOPPED && reason != null) {
                type = refused(reason);
            } else if (thrown != null) {
                type = turn == Turn.THREW ? threw(running, thrown) : refused(refusalOf(running, thrown));
            }
            final int length = frame.length();
            FrameDescriptor.putOutcome(frame.buffer(), 0, type, flags(running, length), running.id());
            sendOutcome(running.port(), length);
            frame.trim();
        }
        running.ended();
    }

    private void sendOutcome(final StreamPort port, final int length) {
        int fruitless = 0;
        while (port.trySend(frame.buffer(), HEADER, length, claim, block) == Publication.BACK_PRESSURED
                && port.awaitRoom(fruitless)) {
            fruitless++;
        }
    }

    private byte threw(final OutboundStream running, final Throwable thrown) {
        try {
            running.port().marshaller().writeFailure(thrown, frame);
            return FrameDescriptor.THREW;
        } catch (final RuntimeException unsendable) {
            frame.reset(HEADER);
            return refused(new Refusal(
                    ErrorCode.SERIALIZATION,
                    "the generator threw " + thrown.getClass().getName() + ", which can't be sent: " + unsendable,
                    0,
                    0));
        }
    }

    private byte refused(final Refusal refusal) {
        refusal.write(frame);
        return FrameDescriptor.REFUSED;
    }

    private static Refusal refusalOf(final OutboundStream running, final Throwable unsendable) {
        final String what = "a value of " + running;
        if (unsendable instanceof PayloadTooLargeException tooLarge) {
            return new Refusal(tooLarge.code(), what, tooLarge.bytes(), tooLarge.maxBytes());
        }
        final ErrorCode code = unsendable instanceof OutriderException known ? known.code() : ErrorCode.SERIALIZATION;
        return new Refusal(code, what + " can't be sent: " + unsendable.getMessage(), 0, 0);
    }

    private void lock() {
        while (!LOCK.compareAndSet(this, false, true)) { // the other holder sends one frame without waiting
            Thread.onSpinWait();
        }
    }

    private void unlock() {
        LOCK.setRelease(this, false); // pairs with the compare-and-set in lock()
    }
}

package io.outrider.ipc.queue;

import io.outrider.telemetry.Log;
import io.outrider.transport.Claim;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Publication;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Appends frames to a queue, one document each. Any thread of the one writing process; a claim holds a lock of this process
 * until it ends, for which other writers spin: nothing in between may block. A frame is visible once its document's header
 * is written. The lane rolls to its next cycle behind the frame that filled one; if the reader is dead, or so slow that
 * {@link #MAX_CYCLES} cycles are waiting, or if the memory of the next cycle can't be had yet, claims are answered with
 * {@link #BACK_PRESSURED}. An {@code Error} out of the queue leaves its state unknown: it is logged and the lane closed.
 */
final class QueuePublication implements Publication, Claim.Completion, AutoCloseable {
    /** How many cycles may exist at once for the reader to read, the one that is written among them. */
    static final int MAX_CYCLES = 8;

    private static final Log LOG = Log.of(QueuePublication.class);
    private static final VarHandle LOCK;
    private static final VarHandle COMMITTED;
    private static final int SPINS_BEFORE_YIELD = 64;

    static {
        try {
            LOCK = MethodHandles.lookup().findVarHandle(QueuePublication.class, "locked", boolean.class);
            COMMITTED = MethodHandles.lookup().findVarHandle(QueuePublication.class, "committed", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ExcerptAppender appender;
    private final DocumentContext document;
    private final CycleClock clock;
    private final SpareCycles spares;
    private final PagePopulator pages;
    private final IntSupplier oldestCycle;
    private final int rollPosition;
    private final int maxFrameLength;
    private volatile boolean closed;

    @SuppressWarnings("unused") // it is, by LOCK
    private boolean locked;

    private volatile long committed; // written with the lock

    /** Where the last frame ends in its cycle, in bytes; guarded by the lock. */
    private long end;

    private QueuePublication(
            final ExcerptAppender appender,
            final DocumentContext document,
            final CycleClock clock,
            final SpareCycles spares,
            final PagePopulator pages,
            final IntSupplier oldestCycle,
            final LinkSpec spec) {
        this.appender = appender;
        this.document = document;
        this.clock = clock;
        this.spares = spares;
        this.pages = pages;
        this.oldestCycle = oldestCycle;
        rollPosition = spec.laneBytes();
        maxFrameLength = spec.maxFrameBytes();
    }

    /**
     * Opens the writing end of a lane; blocks on files. If the lane has no cycle yet, its first spare becomes one.
     *
     * @param queue of the lane
     * @param clock by which the queue rolls
     * @param spares make the memory of cycles to come
     * @param pages puts that memory into the page tables
     * @param oldestCycle which cycle the reader still needs
     * @param spec of the link
     * @return the open end
     */
    static QueuePublication open(
            final SingleChronicleQueue queue,
            final CycleClock clock,
            final SpareCycles spares,
            final PagePopulator pages,
            final IntSupplier oldestCycle,
            final LinkSpec spec) {
        final ExcerptAppender appender = queue.createAppender();
        appender.singleThreadedCheckDisabled(true);
        // The appender has one context, which it gives out again and again; asking for it tells where the lane stands.
        final DocumentContext document = appender.writingDocument();
        final QueuePublication publication =
                new QueuePublication(appender, document, clock, spares, pages, oldestCycle, spec);
        publication.end = document.wire().bytes().writePosition();
        pages.enter(document.wire().bytes().bytesStore());
        document.rollbackOnClose();
        document.close();
        spares.want(clock.cycle() + 1);
        return publication;
    }

    @Override
    public int maxFrameLength() {
        return maxFrameLength;
    }

    @Override
    public boolean takesNewMemory() {
        return true;
    }

    @Override
    public int tryClaim(final int length, final Claim claim) {
        if (length <= 0 || length > maxFrameLength) {
            return BAD_LENGTH;
        }
        lock();
        int result = CLOSED;
        try {
            if (!closed) {
                result = claimLocked(length, claim);
            }
        } catch (final Throwable t) {
            fail(t);
        }
        if (result != OK) {
            unlock();
        }
        return result;
    }

    /** How many frames were committed; from any thread, and no less than what it has committed itself. */
    long committed() {
        return committed;
    }

    @Override
    public void commit(final Claim claim) {
        end(false);
    }

    @Override
    public void abort(final Claim claim) {
        end(true);
    }

    @Override
    public void close() {
        closed = true;
        appender.close();
    }

    private int claimLocked(final int length, final Claim claim) {
        if (end < rollPosition) {
            append(length, claim);
            return OK;
        }
        if (!mayRoll()) {
            return BACK_PRESSURED;
        }
        clock.cycle(clock.cycle() + 1); // by which the queue rolls with this append
        append(length, claim);
        pages.enter(document.wire().bytes().bytesStore());
        spares.want(clock.cycle() + 1);
        return OK;
    }

    private void append(final int length, final Claim claim) {
        appender.writingDocument();
        final Bytes<?> bytes = document.wire().bytes();
        final long start = bytes.writePosition();
        claim.set(this, bytes.addressForWrite(start), length);
        bytes.writeSkip(length);
        end = start + length;
    }

    private boolean mayRoll() {
        final int next = clock.cycle() + 1;
        return next - oldestCycle.getAsInt() < MAX_CYCLES && spares.isReady(next);
    }

    private void end(final boolean rollback) {
        try {
            if (rollback) {
                document.rollbackOnClose();
            }
            document.close();
            if (!rollback) {
                COMMITTED.setRelease(this, committed + 1);
            }
        } catch (final Throwable t) {
            fail(t);
        }
        unlock();
    }

    /** A fault in the middle of an append: what the lane holds is unknown from here on. */
    private void fail(final Throwable cause) {
        closed = true;
        LOG.error("an append to {} failed; the lane is closed", appender.queue().file(), cause);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a yield is what helps here, and nothing relies on it
    private void lock() {
        int spins = 0;
        while (!LOCK.compareAndSet(this, false, true)) {
            if (++spins % SPINS_BEFORE_YIELD == 0) {
                Thread.yield(); // the holder may be waiting for this very processor
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void unlock() {
        LOCK.setRelease(this, false); // pairs with the compare-and-set in lock()
    }
}

package io.outrider.ipc.feed;

import static io.outrider.ipc.feed.FeedDescriptor.BUSY;

import io.outrider.api.feed.FeedWriter;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.telemetry.Log;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes each frame into a place that nobody reads, and then lets the index name it; see {@link FeedDescriptor}. That a writer
 * commits by a sequence which readers check before and after is the idea of Agrona's {@code BroadcastTransmitter}; that it
 * waits for the slowest of those who want every frame is the Disruptor's gating sequence; that what a reader holds is
 * replaced by another place instead of overwritten is iceoryx's loaned chunk.
 */
final class MappedFeedWriter implements FeedWriter {
    private static final Log LOG = Log.of(MappedFeedWriter.class);
    private static final long LIFE_CHECK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int NAP_DOUBLINGS = 3;
    private static final int NOTHING = -1;

    private final FeedFile file;
    private final FeedDescriptor layout;
    private final UnsafeBuffer memory;
    private final Rows rows;
    private final FeedIdle idle;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final int[] placeOfEntry;
    /** Places that no entry names, and the frames that they held. */
    private final int[] spares;

    private final long[] spareSequences;
    private int claimed = NOTHING;
    private long head;
    /** No entry is taken from a blocking subscriber by a frame before this one. */
    private long limit;

    private boolean blocked;
    private long blockedSinceNs;
    private long lifeCheckedNs;
    private long dropped;
    private boolean closed;

    MappedFeedWriter(final FeedFile file) {
        this.file = file;
        this.layout = file.layout();
        this.memory = file.memory();
        this.rows = new Rows(file);
        this.idle = new FeedIdle(file, rows, NAP_DOUBLINGS);
        placeOfEntry = new int[layout.frames()];
        Arrays.setAll(placeOfEntry, entry -> entry);
        spares = new int[layout.places() - layout.frames()];
        Arrays.setAll(spares, spare -> layout.frames() + spare);
        spareSequences = new long[spares.length];
        Arrays.fill(spareSequences, BUSY); // a sequence that no subscriber is at
    }

    @Override
    public int tryClaim(final int length) {
        requireOpen();
        requireLength(length);
        claimed = NOTHING;
        if (file.isClosed()) {
            return CLOSED;
        }
        if (head >= limit) {
            limit = rows.firstUnread(head) + layout.frames();
            if (head >= limit) {
                return holdUp();
            }
        }
        blocked = false;
        claimed = unreadSpare();
        frame.wrap(memory, layout.placeOffset(spares[claimed]), length);
        return OK;
    }

    /**
     * A place that nobody reads. There are more than subscribers, but one that goes on meanwhile may seem to read two; since it
     * only goes forward, looking again finds one.
     */
    private int unreadSpare() {
        int spare = 0;
        while (rows.isProtected(spareSequences[spare])) {
            spare = (spare + 1) % spares.length;
        }
        return spare;
    }

    /** A blocking subscriber is behind: looks whether it lives, and for how long this has been so. */
    private int holdUp() {
        final long now = System.nanoTime();
        if (!blocked) {
            blocked = true;
            blockedSinceNs = now;
            lifeCheckedNs = now;
        } else if (now - lifeCheckedNs > LIFE_CHECK_NS) {
            lifeCheckedNs = now;
            rows.releaseDead();
        }
        if (now - blockedSinceNs > file.blockTimeoutNs()) {
            drop(now);
        }
        return BACK_PRESSURED;
    }

    private void drop(final long now) {
        final int gone = rows.drop(head - layout.frames());
        dropped += gone;
        if (gone > 0) {
            LOG.warn(
                    "{} subscribers of the feed {} were dropped: they held up its writer for {} ms",
                    gone,
                    file.name(),
                    TimeUnit.NANOSECONDS.toMillis(now - blockedSinceNs));
        }
    }

    @Override
    public MutableDirectBuffer claim(final int length) {
        int fruitless = 0;
        int result = tryClaim(length);
        while (result == BACK_PRESSURED) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CallInterruptedException(
                        "interrupted while subscribers of the feed " + file.name() + " held up its writer");
            }
            idle.idle(fruitless++);
            result = tryClaim(length);
        }
        if (result == CLOSED) {
            throw new ClosedException("the feed " + file.name() + " was closed");
        }
        return frame;
    }

    @Override
    public MutableDirectBuffer frame() {
        requireClaim();
        return frame;
    }

    @Override
    public long commit() {
        requireClaim();
        final long sequence = head;
        final int entry = layout.entryOffset(sequence);
        final int index = (int) sequence & (layout.frames() - 1);
        final int place = spares[claimed];
        memory.putLongRelease(entry, BUSY);
        VarHandle.storeStoreFence(); // before place and length change; pairs with the second look of the subscriber
        memory.putInt(entry + FeedDescriptor.PLACE, place);
        memory.putInt(entry + FeedDescriptor.LENGTH, frame.capacity());
        memory.putLongRelease(entry, sequence); // the frame is there
        spares[claimed] = placeOfEntry[index];
        spareSequences[claimed] = sequence - layout.frames();
        placeOfEntry[index] = place;
        claimed = NOTHING;
        head = sequence + 1;
        file.head(head); // full fence: the next claim sees who still reads what this commit has taken away
        return sequence;
    }

    @Override
    public long nextSequence() {
        return head;
    }

    @Override
    public int subscribers() {
        requireOpen();
        rows.releaseDead();
        return rows.active();
    }

    @Override
    public long dropped() {
        return dropped;
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the writer of the feed " + file.name() + " was closed");
        }
    }

    private void requireLength(final int length) {
        if (length < 0) {
            throw new CallRejectedException("a frame of " + length + " bytes: it must have 0 or more");
        }
        if (length > layout.frameBytes()) {
            throw new PayloadTooLargeException(
                    "a frame of the feed " + file.name(), length, layout.frameBytes(), "frameBytes of its options");
        }
    }

    private void requireClaim() {
        if (claimed == NOTHING) {
            throw new IllegalStateException("nothing is claimed in the feed " + file.name());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            claimed = NOTHING;
            frame.wrap(0, 0);
            file.end();
            file.close();
        }
    }
}

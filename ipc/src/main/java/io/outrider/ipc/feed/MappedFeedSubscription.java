package io.outrider.ipc.feed;

import io.outrider.api.feed.FeedHandler;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ProtocolException;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads frames where they are; see {@link FeedDescriptor} for why none changes meanwhile. The way to find that the writer has
 * passed, and to go on behind it, is that of Agrona's {@code BroadcastReceiver}.
 */
final class MappedFeedSubscription implements FeedSubscription {
    private static final long LIFE_CHECK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int NAP_DOUBLINGS = 7;

    private final FeedFile file;
    private final FeedDescriptor layout;
    private final UnsafeBuffer memory;
    private final Rows rows;
    private final FeedIdle idle;
    private final FeedPolicy policy;
    private final int row;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private long next;
    private long lost;
    private long silentFrom;
    private long lifeCheckedNs;
    private boolean handling;
    private boolean closed;

    MappedFeedSubscription(final FeedFile file, final FeedPolicy policy) {
        this.file = file;
        this.layout = file.layout();
        this.memory = file.memory();
        this.policy = policy;
        this.rows = new Rows(file);
        this.idle = new FeedIdle(file, rows, NAP_DOUBLINGS);
        this.row = rows.take(policy);
        this.next = rows.position(row);
        this.silentFrom = next;
        this.lifeCheckedNs = System.nanoTime();
    }

    @Override
    public int poll(final FeedHandler handler, final int limit) {
        if (handling) {
            throw new IllegalStateException("a handler polls the feed " + file.name() + " that it takes a frame of");
        }
        requireOpen();
        int count = 0;
        while (count < limit && !closed && find()) { // a handler may close
            handOver(handler);
            count++;
        }
        return count > 0 || limit <= 0 ? count : nothing();
    }

    @Override
    public int await(final FeedHandler handler, final int limit, final Duration timeout) {
        final long startNs = System.nanoTime();
        final long timeoutNs = TimeUnit.NANOSECONDS.convert(timeout); // saturates
        int fruitless = 0;
        int result = poll(handler, limit);
        while (result == 0 && System.nanoTime() - startNs < timeoutNs) {
            idle.idle(fruitless++);
            requireNoInterrupt();
            result = poll(handler, limit);
        }
        return result;
    }

    @Override
    public long forEach(final FeedHandler handler) {
        long count = 0;
        int fruitless = 0;
        while (!closed) { // a handler may close
            final int result = poll(handler, layout.frames());
            if (result == ENDED) {
                return count;
            }
            count += result;
            if (result > 0) {
                fruitless = 0;
            } else {
                idle.idle(fruitless++);
                requireNoInterrupt();
            }
        }
        return count;
    }

    private void requireNoInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CallInterruptedException("interrupted while waiting for a frame of the feed " + file.name());
        }
    }

    /** Goes to the frame that is to be handed over and points the view at it; false if it is not there yet. */
    private boolean find() {
        requireKept();
        if (policy != FeedPolicy.LATEST && isAt(next)) {
            return true;
        }
        // The writer may pass again while this catches up: then it gives up more each time.
        for (int givenUp = 0; ; givenUp = Math.min(2 * givenUp + 1, layout.frames() - 1)) {
            final long head = file.head();
            if (head <= next) {
                return false;
            }
            switch (policy) {
                case BLOCK -> requireKept(); // nothing else makes a frame go
                case DROP_OLDEST -> skipTo(Math.max(next, head - layout.frames() + givenUp));
                case LATEST -> skipTo(head - 1);
            }
            if (isAt(next)) {
                return true;
            }
        }
    }

    private void skipTo(final long sequence) {
        if (sequence > next) {
            lost += sequence - next;
            next = sequence;
            rows.position(row, next);
        }
    }

    /** Whether a frame is in its entry. Its position was published before, so that it stays in its place from here on. */
    private boolean isAt(final long sequence) {
        final int entry = layout.entryOffset(sequence);
        if (memory.getLongVolatile(entry) != sequence) {
            return false;
        }
        final int place = memory.getInt(entry + FeedDescriptor.PLACE);
        final int length = memory.getInt(entry + FeedDescriptor.LENGTH);
        VarHandle.loadLoadFence(); // place and length before the second look
        if (memory.getLongVolatile(entry) != sequence) {
            return false;
        }
        if (place < 0 || place >= layout.places() || length < 0 || length > layout.frameBytes()) {
            throw new ProtocolException("frame " + sequence + " of the feed " + file.name() + " is said to be in place "
                    + place + " of " + layout.places() + " and to have " + length + " bytes of " + layout.frameBytes());
        }
        frame.wrap(memory, layout.placeOffset(place), length);
        return true;
    }

    private void handOver(final FeedHandler handler) {
        handling = true;
        try {
            handler.onFrame(next, frame);
        } finally {
            handling = false;
            next++;
            if (closed) {
                release();
            } else {
                rows.position(row, next);
            }
        }
    }

    /** Why there is no frame. */
    private int nothing() {
        if (file.isOver()) {
            return isBehind() ? 0 : ENDED; // what was committed at the last moment comes with the next poll
        }
        final long now = System.nanoTime();
        if (next != silentFrom) { // a writer that has written since then was alive
            silentFrom = next;
            lifeCheckedNs = now;
        } else if (now - lifeCheckedNs > LIFE_CHECK_NS) {
            if (file.hasLostWriter() && !isBehind()) {
                throw new ClosedException("the writer of the feed " + file.name() + ", " + file.writer()
                        + ", died: frame " + next + " and what would have followed will not come");
            }
            lifeCheckedNs = now;
        }
        return 0;
    }

    private boolean isBehind() {
        return file.head() > next || isAt(next);
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the subscription to the feed " + file.name() + " was closed");
        }
    }

    private void requireKept() {
        if (rows.isDropped(row)) {
            throw new ClosedException("the subscription to the feed " + file.name() + " was dropped at frame " + next
                    + ": it held up the writer for more than "
                    + TimeUnit.NANOSECONDS.toMillis(file.blockTimeoutNs()) + " ms");
        }
    }

    @Override
    public FeedPolicy policy() {
        return policy;
    }

    @Override
    public long nextSequence() {
        return next;
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!handling) {
                release();
            }
        }
    }

    private void release() {
        frame.wrap(0, 0);
        rows.release(row);
        file.close();
    }
}

package io.outrider.stream;

import io.outrider.error.OutriderException;
import io.outrider.transport.ArenaBlock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of one stream and was not read yet: never more than its window. Whoever polls the lane adds, one thread
 * at a time; the reader takes. Known to the table of its side, while the stream that the user holds is not, so that one that
 * is dropped can be found.
 */
public final class Inbox {
    /** Chunks that were read, for all streams of a link. */
    public static final class Spares {
        private static final int SIZE = 32;

        private final ManyToManyConcurrentArrayQueue<Chunk> chunks = new ManyToManyConcurrentArrayQueue<>(SIZE);

        /** Makes an empty store. */
        public Spares() {}

        Chunk get() {
            final Chunk spare = chunks.poll();
            return spare == null ? new Chunk() : spare;
        }

        void put(final Chunk chunk) {
            if (chunk.isKept()) {
                chunks.offer(chunk);
            }
        }
    }

    private final long id;
    private final StreamPort port;
    private final Spares spares;
    private final String name;
    private Chunk head = new Chunk(); // the reader's: it was read
    private Chunk tail = head; // the poller's
    private volatile boolean closed; // written under the lock
    private volatile @Nullable Supplier<? extends OutriderException> failure;
    private volatile @Nullable Thread waiter;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Runnable listener;
    private volatile boolean opened;

    /**
     * @param id of the stream
     * @param name for messages: what yields it
     * @param port of this side
     * @param spares of this side
     */
    public Inbox(final long id, final String name, final StreamPort port, final Spares spares) {
        this.id = id;
        this.name = name;
        this.port = port;
        this.spares = spares;
    }

    /**
     * The id of the stream.
     *
     * @return below zero
     */
    public long id() {
        return id;
    }

    /**
     * For the poller: takes a frame of the stream.
     *
     * @param frame values, or how the stream ended
     * @param offset of the frame
     * @param length of the frame
     * @return false if the stream was closed, and the frame is nobody's
     */
    public boolean arrived(final DirectBuffer frame, final int offset, final int length) {
        opened = true;
        final Chunk chunk = spares.get();
        chunk.take(frame, offset, length);
        if (chunk.isInArena()) {
            synchronized (this) { // so that whoever closes gives back each block that came, or this does
                if (closed) {
                    return false;
                }
                tail.link(chunk);
            }
        } else {
            tail.link(chunk);
        }
        tail = chunk;
        wake();
        return true;
    }

    /**
     * The link has ended: what has arrived can still be read, and then this.
     *
     * @param reason makes the exception
     */
    public void fail(final Supplier<? extends OutriderException> reason) {
        failure = reason;
        wake();
    }

    private void wake() {
        final Thread parked = waiter;
        if (parked != null) {
            LockSupport.unpark(parked);
        }
        final Runnable subscribed = listener;
        if (subscribed != null) {
            port.later(subscribed);
        }
    }

    /**
     * Whether the reader has something to look at.
     *
     * @return true if a wait must end
     */
    public boolean isReady() {
        return head.next() != null || closed || failure != null;
    }

    /** Whether there is a chunk to be read. */
    boolean hasArrived() {
        return head.next() != null;
    }

    /**
     * Whether anything has ever come: the generator has been made.
     *
     * @return false at first
     */
    public boolean isOpened() {
        return opened;
    }

    /**
     * Whom to wake when something arrives; looked at after it was added.
     *
     * @param thread about to park, or null
     */
    public void waiter(final @Nullable Thread thread) {
        waiter = thread;
    }

    /**
     * Who read last.
     *
     * @return null before the first read, and where a subscriber is handed the values
     */
    public @Nullable Thread reader() {
        return reader;
    }

    void reader(final @Nullable Thread thread) {
        if (reader != thread) {
            reader = thread;
        }
    }

    /** What runs, where user code may run, whenever something arrives. */
    void listener(final Runnable action) {
        listener = action;
        if (isReady()) {
            port.later(action);
        }
    }

    /** For the reader: the next chunk; null if none has arrived. The one before is used again. */
    @Nullable
    Chunk poll() {
        final Chunk next = head.next();
        if (next != null) {
            spares.put(head);
            head = next;
        }
        return next;
    }

    @Nullable
    Supplier<? extends OutriderException> failure() {
        return failure;
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Drops what has arrived. Idempotent, from any thread.
     *
     * @return whether this was the first time
     */
    public boolean close() {
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
        }
        final ArenaBlock block = new ArenaBlock();
        for (Chunk chunk = head.next(); chunk != null; chunk = chunk.next()) {
            // The reader may use chunks again meanwhile, and this come into another stream's: those are not opened.
            if (chunk.isInArena() && chunk.open(id, port.arena(), block)) {
                port.arena().release(block);
            }
        }
        wake();
        return true;
    }

    /** For messages: what yields the stream. */
    @Override
    public String toString() {
        return name;
    }
}

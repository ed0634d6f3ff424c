package io.outrider.stream;

import io.outrider.error.OutriderException;
import io.outrider.loan.BlockInbox;
import io.outrider.loan.BlockOutbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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

    private static final VarHandle CLOSED;
    private static final VarHandle WATCHED;
    private static final VarHandle ENTERED;

    static {
        try {
            CLOSED = MethodHandles.lookup().findVarHandle(Inbox.class, "closed", boolean.class);
            WATCHED = MethodHandles.lookup().findVarHandle(Inbox.class, "watched", boolean.class);
            ENTERED = MethodHandles.lookup().findVarHandle(Inbox.class, "entered", boolean.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final long id;
    private final StreamPort port;
    private final Spares spares;
    private final Object name;
    private Chunk head = new Chunk(); // the reader's: it was read
    private Chunk tail = head; // the poller's

    @SuppressWarnings("unused") // written through CLOSED
    private volatile boolean closed;

    private volatile @Nullable Supplier<? extends OutriderException> failure;
    private volatile @Nullable Thread waiter;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Runnable listener;
    private volatile boolean opened;
    private long timeoutNs; // set before the first read
    private long deadlineNs; // if timeoutNs is not 0

    @SuppressWarnings("unused") // through WATCHED
    private volatile boolean watched;

    @SuppressWarnings("unused") // through ENTERED
    private volatile boolean entered;

    private @Nullable BlockInbox blocks; // of the chunk that was opened; whoever has entered makes it

    /**
     * @param id of the stream
     * @param name for messages: what yields it
     * @param port of this side
     * @param spares of this side
     */
    public Inbox(final long id, final Object name, final StreamPort port, final Spares spares) {
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
        if (closed) {
            return false;
        }
        opened = true;
        final Chunk chunk = spares.get();
        chunk.take(frame, offset, length, port.loans().blocks());
        tail.link(chunk);
        tail = chunk;
        wake();
        if (closed) { // just now, perhaps after the last look at what is left
            releaseUnread();
        }
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
     * The generator must be made in time; its values may take as long as they do.
     *
     * @param withinNs how long that was when the call was made, in nanoseconds, above zero
     * @param atNs when it is over
     */
    public void expectBegin(final long withinNs, final long atNs) {
        timeoutNs = withinNs;
        deadlineNs = atNs;
    }

    /**
     * How long making the generator may take.
     *
     * @return nanoseconds, or 0 for any time
     */
    public long timeoutNs() {
        return timeoutNs;
    }

    /**
     * Whether the generator was not made in time.
     *
     * @return false once anything has come
     */
    public boolean isLate() {
        return timeoutNs != 0 && !opened && System.nanoTime() - deadlineNs >= 0;
    }

    /**
     * How long to wait before looking whether it is late.
     *
     * @param boundNs the most, in nanoseconds
     * @return nanoseconds
     */
    public long remainingNs(final long boundNs) {
        return timeoutNs == 0 || opened ? boundNs : Math.max(0, Math.min(boundNs, deadlineNs - System.nanoTime()));
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
            action.run();
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

    /**
     * Whether nothing of it is wanted any more.
     *
     * @return true after its end, too, once the reader has seen that
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Nothing of it is wanted any more. Idempotent, from any thread.
     *
     * @return whether this was the first time
     */
    public boolean close() {
        if ((boolean) CLOSED.getAndSet(this, true)) {
            return false;
        }
        wake();
        releaseUnread();
        return true;
    }

    /** For the reader, before it looks for chunks; false if the stream is closed. */
    boolean enter() {
        while (!ENTERED.compareAndSet(this, false, true)) {
            if (closed) { // and somebody gives back what was not read
                return false;
            }
            throw new IllegalStateException(
                    this + " is being read by another thread: a stream has one reader at a time");
        }
        return true;
    }

    /** For the reader, once it has what it looked for. */
    void leave() {
        ENTERED.setVolatile(this, false);
        if (closed) {
            releaseUnread();
        }
    }

    /** For who has entered: begins a chunk, and says how long its values are without the list of its blocks. */
    int open(final Chunk chunk) {
        return chunk.hasBlocks() ? blocks().open(chunk.buffer(), 0, chunk.length()) : chunk.length();
    }

    /**
     * For who has entered: what came with the chunk that was opened and was not taken goes back.
     *
     * @return how many bytes came with it
     */
    long finish() {
        final BlockInbox opened = blocks;
        if (opened == null) {
            return 0;
        }
        synchronized (opened) { // the stream may be closed while a value is being decoded
            final long bytes = opened.bytes();
            opened.giveBack();
            opened.forget();
            return bytes;
        }
    }

    /** What came with the values. */
    BlockInbox blocks() {
        BlockInbox made = blocks;
        if (made == null) {
            made = BlockInbox.ofAnswers(port.loans(), new BlockOutbox(port.loans()));
            blocks = made;
        }
        return made;
    }

    /** After it was closed: gives back what came with values that nobody will read, unless who has entered will do so on leaving. */
    private void releaseUnread() {
        do {
            if (!ENTERED.compareAndSet(this, false, true)) {
                return;
            }
            try {
                finish();
                for (Chunk unread = poll(); unread != null; unread = poll()) {
                    if (unread.hasBlocks()) {
                        open(unread);
                        finish();
                    }
                }
            } finally {
                ENTERED.setVolatile(this, false);
            }
            VarHandle.fullFence(); // either the poller finds that nobody has entered, or what it has added is seen here
        } while (head.next() != null);
    }

    /**
     * Notes whether somebody else looks for what arrives.
     *
     * @param whether now
     * @return whether so far
     */
    public boolean watched(final boolean whether) {
        return (boolean) WATCHED.getAndSet(this, whether);
    }

    /** For messages: what yields the stream. */
    @Override
    public String toString() {
        return name.toString();
    }
}

package io.outrider.stream;

import io.outrider.contract.StreamShape;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.telemetry.Log;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a stream, in either process: the user's generator, and how much the reader has allowed. It has no thread
 * of its own. Whatever gives it something to do, credit or its end, has it scheduled, and a {@link Pump} then runs it until
 * there is nothing more to do; one at a time.
 */
public final class OutboundStream {
    private static final Log LOG = Log.of(OutboundStream.class);
    private static final int MAX_HELD_UP = 9;
    private static final long HELD_UP_NS = 1_000_000;
    private static final long SLOW_NS = 5_000;
    private static final long FAST_NS = 1_000;
    private static final long FAST_ITEMS = 16;
    private static final int MAX_FRAME_ITEMS = 1 << 20;
    private static final int MAX_STRIKES = 8;
    private static final int HEAVY_STRIKE = 4;
    private static final int FORGETTING = 4;
    private static final int FAST_TURNS = 16;

    private final long id;
    private final Object name;
    private final StreamPort port;
    private final AtomicInteger work = new AtomicInteger(1); // until it has its generator
    private volatile long grantedItems; // written by whoever polls
    private volatile long grantedBytes; // written by whoever polls
    private int frameItems;
    private int creditBehind; // what is left of the credit when the reader has half a window to read
    private volatile boolean stopped;
    private volatile @Nullable Refusal reason;
    private volatile @Nullable Source source;
    private @Nullable Thread runner; // guarded by this
    private volatile @Nullable Pump gatherer; // that may hold values for a reader that is behind
    private Runnable afterwards = () -> {};

    // Of whoever runs it.
    private long spentItems;
    private long spentBytes;
    private boolean slow;
    private int heldUp; // how many times it held up others; the maximum means for ever
    private long fastItems; // since it was last slow
    private int strikes; // turns that took long, in which its thread may only have had no processor
    private int fastTurns; // since the last strike
    private int frameLimit = 1; // grows with each frame

    /**
     * @param id of the stream
     * @param name for messages: says what yields it
     * @param port of this side
     */
    public OutboundStream(final long id, final Object name, final StreamPort port) {
        this.id = id;
        this.name = name;
        this.port = port;
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
     * Gives the stream its generator and begins; once.
     *
     * @param generator an iterator, a stream of the JDK or a publisher
     * @param shape as declared
     * @param then to be run when the stream has ended
     */
    public void begin(final Object generator, final StreamShape shape, final Runnable then) {
        afterwards = then;
        source = Source.of(generator, shape, this);
        port.schedule(this);
    }

    /**
     * For the poller: takes a frame that the reader has sent.
     *
     * @param frame CREDIT or CANCEL
     * @param offset of the frame
     */
    public void arrived(final DirectBuffer frame, final int offset) {
        if (FrameDescriptor.type(frame, offset) == FrameDescriptor.CANCEL) {
            stop(null);
            return;
        }
        grant(FrameDescriptor.items(frame, offset), FrameDescriptor.creditBytes(frame, offset));
    }

    /**
     * Gives the first credit, before the stream is known to anybody else.
     *
     * @param window all of it
     */
    public void grant(final Window window) {
        windowOf(window.items());
        grantedBytes = window.bytes();
        grantedItems = window.items();
    }

    private void windowOf(final int items) {
        frameItems = Math.max(1, items / 2);
        creditBehind = items - frameItems;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one poller at a time
    private void grant(final int items, final long bytes) {
        if (grantedItems == 0) {
            windowOf(items);
        }
        grantedBytes += bytes;
        grantedItems += items; // last, so that whoever sees it sees the others
        final Pump holder = gatherer;
        if (holder != null) {
            holder.creditCame(this);
        }
        wake();
    }

    /** Who gathers values for a reader that is behind, or null: whoever takes credit must tell it. */
    void gatherer(final @Nullable Pump pump) {
        gatherer = pump;
    }

    /**
     * Whether half a window was sent for which there was no credit yet: then the reader has something to read, and gives credit before
     * it waits.
     *
     * @param unsent values that were produced and not sent
     */
    boolean isReaderBehind(final int unsent) {
        return grantedItems - (spentItems - unsent) <= creditBehind;
    }

    /** There may be something to do. */
    void wake() {
        if (work.getAndIncrement() == 0) {
            port.schedule(this);
        }
    }

    /**
     * Stops the generator, interrupting it if it runs, and has it cleaned up. Idempotent; does not wait.
     *
     * @param refusal what to tell the reader, or null if it does not want to know
     */
    public void stop(final @Nullable Refusal refusal) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            reason = refusal;
            stopped = true;
            if (runner != null) {
                runner.interrupt();
            }
        }
        wake();
    }

    /**
     * Whether nothing more is wanted of the generator.
     *
     * @return true after {@link #stop}
     */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Whether the generator takes so long for a value that it should not run where others wait for their turn.
     *
     * @return as it was last time
     */
    public boolean isSlow() {
        return slow;
    }

    /** It may have to wait for values that somebody else brings: from the start it must not run where others wait. */
    public void expectSlow() {
        heldUp = MAX_HELD_UP;
        slow = true;
    }

    /**
     * Learns from a turn. Several that took long in a short time make it slow, and the more often that was, the longer it must be fast again.
     * One alone may be the machine's fault: code that was never run takes its time, and where threads are more than processors
     * each is put off for milliseconds now and then.
     */
    void judge(final long elapsedNs, final long items) {
        final boolean tookLong = elapsedNs > SLOW_NS * (items + 1);
        if (!slow) {
            judgeFast(elapsedNs > HELD_UP_NS ? HEAVY_STRIKE : tookLong ? 1 : 0);
        } else if (elapsedNs < FAST_NS * items) {
            fastItems += items;
            slow = heldUp == MAX_HELD_UP || fastItems < FAST_ITEMS << heldUp;
        } else if (tookLong) {
            fastItems -= fastItems / FORGETTING;
        }
    }

    private void judgeFast(final int strike) {
        if (strike > 0) {
            fastTurns = 0;
            strikes += strike;
            if (strikes >= MAX_STRIKES) {
                strikes = 0;
                slow = true;
                heldUp = Math.min(heldUp + 1, MAX_HELD_UP - 1);
                fastItems = 0;
            }
        } else if (strikes > 0 && ++fastTurns == FAST_TURNS) {
            strikes = 0;
        }
    }

    /**
     * The side of the link on which it is written.
     *
     * @return always the same
     */
    public StreamPort port() {
        return port;
    }

    Source source() {
        final Source begun = source;
        if (begun == null) {
            throw new IllegalStateException(name + " has no generator yet");
        }
        return begun;
    }

    @Nullable
    Refusal reason() {
        return reason;
    }

    int work() {
        return work.get();
    }

    /** Work was done; true if more has come meanwhile. */
    boolean workLeft(final int done) {
        return work.addAndGet(-done) != 0;
    }

    /** User code may be interrupted from here on; false if it must not begin. */
    synchronized boolean enter() {
        runner = Thread.currentThread();
        return !stopped;
    }

    /** User code is not interrupted any more. An interrupt that came was meant for it, and not for what comes next. */
    synchronized void leave() {
        runner = null;
        Thread.interrupted();
    }

    boolean mayProduce(final int bytesHeld) {
        return spentItems < grantedItems && spentBytes + bytesHeld < grantedBytes;
    }

    /** How many values the credit takes if each is so heavy: 1 at the least, as the last one may go beyond it, and so many at the most. */
    long mayAsk(final int most, final long bytesEach) {
        final long items = Math.min(most, grantedItems - spentItems);
        return bytesEach == 0 ? 1 : Math.max(1, Math.min(items, (grantedBytes - spentBytes) / bytesEach));
    }

    /**
     * How many values the next frame takes. The first frame of a stream takes one, and each twice as many as the one before: so the reader
     * has something at once, and whoever waits for the leader meanwhile does not wait for a whole frame. The first credit is a
     * whole window; a frame takes half at the most, so that one can be read while the next one is written.
     */
    int frameItems() {
        return Math.min(frameLimit, frameItems);
    }

    void produced() {
        spentItems++;
    }

    void sent(final int items, final long bytes) {
        spentBytes += bytes;
        source().sent(items, bytes);
        frameLimit = Math.min(2 * frameLimit, MAX_FRAME_ITEMS);
    }

    long spentItems() {
        return spentItems;
    }

    /** Runs the user's clean-up, and forgets the stream. What the clean-up throws is nobody's outcome any more. */
    void cleanUp() {
        try {
            source().close();
        } catch (final Throwable failure) { // of user code, whatever it is
            LOG.warn("the clean-up of {} failed", name, failure);
        }
        Thread.interrupted();
    }

    /** The reader knows, or does not want to. */
    void ended() {
        port.ended(this);
        afterwards.run();
    }

    /** For messages: what yields the stream. */
    @Override
    public String toString() {
        return name.toString();
    }
}

package io.outrider.stream;

import io.outrider.api.RemoteStream;
import io.outrider.contract.StreamShape;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.model.Delivery;
import io.outrider.model.ValueKind;
import io.outrider.model.Views;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.transport.Publication;
import java.lang.ref.Reference;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of a stream, in either process; see {@link RemoteStream}. The reader takes one chunk after the other out of
 * the inbox and decodes its values in place, so that nothing happens for each value but that; credit goes back when a chunk
 * is done and half a window has gathered.
 *
 * @param <T> the values
 */
public abstract class InboundStream<T> implements RemoteStream<T>, Delivery.Source<T> {
    /** Decodes the values. */
    final ValueReader values;

    private final Inbox inbox;
    private final StreamPort port;
    private final Window window;
    private final int workerId;
    private final AtomicBoolean viewed = new AtomicBoolean();
    private @Nullable Letter letter; // made for the first credit
    private @Nullable Chunk current;
    private int left; // values of the current chunk that were not read
    private boolean ended;
    private boolean opensLate;
    private int consumedItems; // for which no credit was given back
    private long consumedBytes;

    InboundStream(
            final Inbox inbox,
            final StreamPort port,
            final Window window,
            final int workerId,
            final ValueReader values) {
        this.inbox = inbox;
        this.port = port;
        this.window = window;
        this.workerId = workerId;
        this.values = values;
    }

    /**
     * Makes the reading end of a stream.
     *
     * @param shape of the values
     * @param inbox where they arrive
     * @param port of this side
     * @param window how much may be on its way; its credit was not given yet
     * @param workerId of the other end, for messages
     * @return the stream
     */
    public static InboundStream<?> of(
            final StreamShape shape,
            final Inbox inbox,
            final StreamPort port,
            final Window window,
            final int workerId) {
        return switch (shape.kind()) {
            case LONG -> new OfLong(inbox, port, window, workerId);
            case INT -> new OfInt(inbox, port, window, workerId);
            case DOUBLE -> new OfDouble(inbox, port, window, workerId);
            default -> new OfObject(shape, inbox, port, window, workerId);
        };
    }

    /**
     * This stream as the type that a method declares.
     *
     * @param declared one of those that {@link StreamShape} knows
     * @return this, or the view of the JDK's stream
     */
    public final Object as(final Class<?> declared) {
        if (!BaseStream.class.isAssignableFrom(declared)) {
            return this;
        }
        if (declared == LongStream.class) {
            return ((RemoteStream.OfLong) this).longStream();
        }
        if (declared == IntStream.class) {
            return ((RemoteStream.OfInt) this).intStream();
        }
        return declared == DoubleStream.class ? ((RemoteStream.OfDouble) this).doubleStream() : stream();
    }

    /**
     * Where the values arrive.
     *
     * @return always the same
     */
    public final Inbox inbox() {
        return inbox;
    }

    @Override
    public final boolean hasNext() {
        return left > 0 || advance(true) == State.VALUE;
    }

    /** Before a value is decoded: waits until there is one. */
    final void require() {
        if (left <= 0 && advance(true) != State.VALUE) {
            throw new NoSuchElementException("the stream has ended: " + inbox);
        }
        left--;
    }

    private State advance(final boolean blocking) {
        if (!inbox.enter()) {
            end();
            return State.END;
        }
        try {
            if (blocking) {
                inbox.reader(Thread.currentThread());
            }
            finish();
            while (!ended) {
                final Chunk chunk = inbox.isClosed() ? null : inbox.poll();
                if (chunk != null) {
                    open(chunk);
                    if (left > 0) {
                        return State.VALUE;
                    }
                } else if (!waitFor(blocking)) {
                    return State.NOTHING;
                }
            }
            return State.END;
        } finally {
            inbox.leave();
            Reference.reachabilityFence(this); // one that is being read is not dropped
        }
    }

    /** Waits for a chunk or the end; false if there is none now. */
    private boolean waitFor(final boolean blocking) {
        final Supplier<? extends OutriderException> reason = inbox.failure();
        if (inbox.isClosed()) {
            end();
        } else if (reason != null && !inbox.hasArrived()) { // asked in this order: what came before it is read first
            end();
            inbox.close();
            throw reason.get();
        } else {
            if (opensLate) {
                opensLate = false;
                open();
            }
            giveCredit();
            if (!blocking) {
                return inbox.isReady();
            }
            awaitArrival();
        }
        return true;
    }

    private void awaitArrival() {
        try {
            port.await(this);
        } catch (
                final CallTimeoutException late) { // the generator was not made in time, and is not waited for any more
            close();
            throw late;
        }
    }

    final boolean hasBlocks() {
        final Chunk chunk = current;
        return chunk != null && chunk.hasBlocks();
    }

    private void open(final Chunk chunk) {
        current = chunk;
        values.wrap(chunk.buffer(), 0, inbox.open(chunk));
        if (chunk.type() == FrameDescriptor.ITEMS) {
            left = chunk.count();
            return;
        }
        end();
        inbox.close();
        if (chunk.type() != FrameDescriptor.VALUE) {
            throw failureOf(chunk.type());
        }
    }

    private OutriderException failureOf(final byte type) {
        if (type == FrameDescriptor.REFUSED) {
            return Refusal.read(values).toException(workerId);
        }
        final Marshaller.Failure failure = port.marshaller().readFailure(values);
        return new RemoteCallException(workerId, failure.data(), failure.original());
    }

    final void finishIfRead() {
        if (left == 0 && inbox.enter()) {
            try {
                finish();
            } finally {
                inbox.leave();
            }
        }
    }

    /** The values of the current chunk were read. */
    private void finish() {
        final Chunk chunk = current;
        if (chunk != null) {
            current = null;
            consumedItems += chunk.count();
            consumedBytes += chunk.length() + inbox.finish();
            giveCredit();
        }
    }

    /**
     * Gives credit for what was read, once it is worth a frame: while less than half a window is kept here the other end has
     * credit left. Where there is no room for the frame whoever waits tries again.
     */
    public final void giveCredit() {
        if ((consumedItems >= window.half() || consumedBytes >= window.halfBytes())
                && !inbox.isClosed()
                && letter().sendCredit(port, inbox.id(), consumedItems, consumedBytes) == Publication.OK) {
            consumedItems = 0;
            consumedBytes = 0;
        }
    }

    private Letter letter() {
        Letter made = letter;
        if (made == null) {
            made = new Letter();
            letter = made;
        }
        return made;
    }

    /** Lets the other end send nothing before the first read. */
    public final InboundStream<T> openLate() {
        opensLate = true;
        return this;
    }

    /** Lets the other end send a whole window; once. */
    public final void open() {
        int fruitless = 0;
        while (letter().sendCredit(port, inbox.id(), window.items(), window.bytes()) == Publication.BACK_PRESSURED
                && port.awaitRoom(fruitless)) {
            fruitless++;
        }
    }

    private void end() {
        ended = true;
        left = 0;
    }

    @Override
    public final void close() {
        final boolean before = ended;
        ended = true;
        left = 0;
        if (inbox.close() && !before) {
            port.cancel(inbox);
        }
    }

    final void view() {
        if (!viewed.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    inbox + " is read already: a stream can be read once, in one way; call the method again");
        }
    }

    @Override
    public final Stream<T> stream() {
        view();
        return Views.of(this, this::close);
    }

    @Override
    public final void subscribe(final Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        try {
            view();
        } catch (final IllegalStateException second) {
            Delivery.refuse(subscriber, second);
            return;
        }
        inbox.reader(null);
        final Delivery<T> delivery = new Delivery<>(this, subscriber, port.delivery());
        port.watch(inbox);
        delivery.start();
        inbox.listener(delivery::wake);
    }

    @Override
    public final State poll(final boolean wanted) {
        return left > 0 ? State.VALUE : advance(false);
    }

    @Override
    public final T take() {
        return next();
    }

    @Override
    public final String toString() {
        return "stream of " + inbox;
    }

    private static final class OfObject extends InboundStream<Object> {
        private final Class<?> element;
        private final ValueKind kind;

        OfObject(
                final StreamShape shape,
                final Inbox inbox,
                final StreamPort port,
                final Window window,
                final int workerId) {
            super(inbox, port, window, workerId, new ValueReader(port.marshaller(), inbox.blocks()));
            this.element = shape.element();
            this.kind = shape.kind();
        }

        @Override
        public Object next() {
            require();
            try {
                return hasBlocks() ? nextWithBlocks() : Elements.get(kind, element, values);
            } catch (final RuntimeException unreadable) { // nor can what comes behind it be read
                close();
                throw unreadable;
            }
        }

        private Object nextWithBlocks() {
            final Object value = takeWithBlocks();
            finishIfRead(); // such a value is large, perhaps the whole window: the next one is made while this one is
            // used
            return value;
        }

        private Object takeWithBlocks() {
            synchronized (
                    inbox().blocks()) { // what was not taken goes back when the stream is closed, by whichever thread
                if (inbox().isClosed()) {
                    throw new NoSuchElementException("the stream was closed: " + inbox());
                }
                return Elements.get(kind, element, values);
            }
        }
    }

    private static final class OfLong extends InboundStream<Long> implements RemoteStream.OfLong {
        OfLong(final Inbox inbox, final StreamPort port, final Window window, final int workerId) {
            super(inbox, port, window, workerId, new ValueReader(port.marshaller()));
        }

        @Override
        public long nextLong() {
            require();
            return values.getLong();
        }

        @Override
        public LongStream longStream() {
            view();
            return Views.ofLongs(this, this::close);
        }
    }

    private static final class OfInt extends InboundStream<Integer> implements RemoteStream.OfInt {
        OfInt(final Inbox inbox, final StreamPort port, final Window window, final int workerId) {
            super(inbox, port, window, workerId, new ValueReader(port.marshaller()));
        }

        @Override
        public int nextInt() {
            require();
            return values.getInt();
        }

        @Override
        public IntStream intStream() {
            view();
            return Views.ofInts(this, this::close);
        }
    }

    private static final class OfDouble extends InboundStream<Double> implements RemoteStream.OfDouble {
        OfDouble(final Inbox inbox, final StreamPort port, final Window window, final int workerId) {
            super(inbox, port, window, workerId, new ValueReader(port.marshaller()));
        }

        @Override
        public double nextDouble() {
            require();
            return values.getDouble();
        }

        @Override
        public DoubleStream doubleStream() {
            view();
            return Views.ofDoubles(this, this::close);
        }
    }
}

package io.outrider.stream;

import io.outrider.contract.StreamShape;
import io.outrider.marshal.ValueWriter;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A publisher of the user's as a source. It is asked within a turn of its stream, as any user code is run, and for no more than the
 * reader has allowed: in values, and in bytes as far as those that were sent before let it be known. What it gives beyond
 * what it was asked for is refused. So little gathers here, and no thread waits for it.
 */
final class PublisherSource extends Source implements Flow.Subscriber<Object> {
    private static final int MAX_AHEAD = 64;

    private final Flow.Publisher<?> publisher;
    private final StreamShape shape;
    private final OutboundStream stream;
    private final Queue<Object> arrived = new ConcurrentLinkedQueue<>();
    private volatile long asked; // written within turns
    private volatile long given; // written by the publisher, which gives one value at a time
    private volatile boolean ended;
    private Flow.@Nullable Subscription subscription; // guarded by this
    private @Nullable Throwable failure; // guarded by this
    private boolean closed; // guarded by this

    private volatile long heaviest; // of the values that were sent, in bytes

    // Of whoever runs it.
    private boolean subscribed;
    private @Nullable Object value;

    PublisherSource(final Flow.Publisher<?> publisher, final StreamShape shape, final OutboundStream stream) {
        this.publisher = publisher;
        this.shape = shape;
        this.stream = stream;
    }

    @Override
    State advance() {
        value = arrived.poll();
        return value == null ? askAndLook() : State.VALUE;
    }

    /** What has come is on its way before the publisher is asked again, which may hold who asks. */
    private State askAndLook() {
        try {
            if (!subscribed) {
                subscribed = true;
                publisher.subscribe(this);
            }
            ask();
        } catch (final Throwable thrown) { // the reader's to know, behind what was published before
            end(thrown);
        }
        final boolean last = ended; // before the look at what arrived, all of which came before
        value = arrived.poll();
        if (value != null) {
            return State.VALUE;
        }
        if (!last) {
            return State.NOTHING;
        }
        final Throwable thrown = failure();
        if (thrown != null) {
            throw Thrown.unchecked(thrown);
        }
        return State.END;
    }

    /** Asks for more when half of what it may be ahead has been sent, and nothing waits that it gave. */
    private void ask() {
        final Flow.Subscription active = subscription();
        if (active == null || ended) {
            return;
        }
        final long may = stream.mayAsk(MAX_AHEAD, heaviest);
        final long before = asked;
        final long upTo = stream.spentItems() + may;
        if (upTo - before >= may - may / 2) {
            asked = upTo; // before it can be given
            active.request(upTo - before);
        }
    }

    @Override
    void put(final ValueWriter writer) {
        final Object found = requireValue(value);
        value = null;
        Elements.put(shape.kind(), shape.element(), found, writer);
    }

    @Override
    void sent(final int items, final long bytes) {
        heaviest = Math.max(heaviest, bytes / items);
    }

    @Override
    void close() {
        final Flow.Subscription active;
        synchronized (this) {
            active = subscription;
            forget();
            ended = true;
        }
        if (active != null) {
            active.cancel();
        }
    }

    @Override
    public void onSubscribe(final Flow.Subscription mine) {
        required(mine);
        final boolean wanted;
        synchronized (this) {
            wanted = subscription == null && !closed;
            subscription = wanted ? mine : subscription;
        }
        if (wanted) {
            stream.wake();
        } else {
            mine.cancel();
        }
    }

    private synchronized Flow.@Nullable Subscription subscription() {
        return subscription;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // a publisher gives one value at a time
    public void onNext(final Object item) {
        required(item);
        if (ended) {
            return;
        }
        given++;
        if (given > asked) {
            end(new IllegalStateException(publisher + " gave more than it was asked for: " + asked + " values"));
        } else {
            arrived.add(item);
            stream.wake();
        }
    }

    @Override
    public void onError(final Throwable thrown) {
        forget();
        end(required(thrown));
    }

    @Override
    public void onComplete() {
        forget();
        end(null);
    }

    /** There is nothing to be cancelled any more. */
    private synchronized void forget() {
        subscription = null;
        closed = true;
    }

    private void end(final @Nullable Throwable thrown) {
        synchronized (this) {
            if (ended) {
                return;
            }
            failure = thrown;
            ended = true;
        }
        stream.wake();
    }

    private synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** What is null against the rules is refused by an exception, and the end for the reader. */
    private <T> T required(final @Nullable T signalled) {
        try {
            return Objects.requireNonNull(signalled, NO_NULL);
        } catch (final NullPointerException none) {
            end(none);
            throw none;
        }
    }

    /** Throws what was given to {@link #onError} as it is. */
    private static final class Thrown {
        @SuppressWarnings("unchecked") // the cast is erased: nothing is checked where it is thrown
        static <E extends Throwable> RuntimeException unchecked(final Throwable thrown) throws E {
            throw (E) thrown;
        }
    }
}

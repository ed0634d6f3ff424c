package io.outrider.stream;

import io.outrider.contract.StreamShape;
import io.outrider.marshal.ValueWriter;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A publisher of the user's as a source: the credit of the stream is what it is asked for, so that no more gathers here than
 * the window allows, and no thread waits for it.
 */
final class PublisherSource extends Source implements Flow.Subscriber<Object> {
    private final Flow.Publisher<?> publisher;
    private final StreamShape shape;
    private final Runnable wake;
    private final Queue<Object> arrived = new ConcurrentLinkedQueue<>();
    private Flow.@Nullable Subscription subscription; // guarded by this
    private long early; // asked for before there was a subscription; guarded by this
    private boolean cancelled; // guarded by this
    private boolean subscribed;
    private volatile @Nullable Throwable failure;
    private volatile boolean completed;
    private @Nullable Object value;

    PublisherSource(final Flow.Publisher<?> publisher, final StreamShape shape, final Runnable wake) {
        this.publisher = publisher;
        this.shape = shape;
        this.wake = wake;
    }

    @Override
    State advance() {
        if (!subscribed) {
            subscribed = true;
            publisher.subscribe(this);
        }
        final boolean last = completed; // before the look at what arrived, all of which came before
        value = arrived.poll();
        if (value != null) {
            return State.VALUE;
        }
        if (!last) {
            return State.NOTHING;
        }
        final Throwable thrown = failure;
        if (thrown != null) {
            throw Thrown.unchecked(thrown);
        }
        return State.END;
    }

    @Override
    void put(final ValueWriter writer) {
        final Object found = requireValue(value);
        value = null;
        Elements.put(shape.kind(), shape.element(), found, writer);
    }

    @Override
    void requested(final int items) {
        final Flow.Subscription active;
        synchronized (this) {
            active = subscription;
            if (active == null) {
                early += items;
            }
        }
        if (active != null) {
            active.request(items);
        }
    }

    @Override
    void close() {
        final Flow.Subscription active;
        synchronized (this) {
            cancelled = true;
            active = completed ? null : subscription;
        }
        if (active != null) {
            active.cancel();
        }
    }

    @Override
    public void onSubscribe(final Flow.Subscription given) {
        final long wanted;
        synchronized (this) {
            if (subscription != null || cancelled) {
                wanted = -1;
            } else {
                subscription = given;
                wanted = early;
            }
        }
        if (wanted < 0) {
            given.cancel();
        } else if (wanted > 0) {
            given.request(wanted);
        }
    }

    @Override
    public void onNext(final Object item) {
        arrived.add(Objects.requireNonNull(item, "a stream carries no null"));
        wake.run();
    }

    @Override
    public void onError(final Throwable thrown) {
        failure = Objects.requireNonNull(thrown, "an error is something");
        completed = true;
        wake.run();
    }

    @Override
    public void onComplete() {
        completed = true;
        wake.run();
    }

    /** Throws what was given to {@link #onError} as it is. */
    private static final class Thrown {
        @SuppressWarnings("unchecked") // the cast is erased: nothing is checked where it is thrown
        static <E extends Throwable> RuntimeException unchecked(final Throwable thrown) throws E {
            throw (E) thrown;
        }
    }
}

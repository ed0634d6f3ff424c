package io.outrider.model;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hands the values of one source to one subscriber by the rules of Reactive Streams: as many as were asked for, one signal at
 * a time, and one end. Safe from any thread; signals run on the executor that was given.
 *
 * @param <T> the values
 */
public final class Delivery<T> implements Flow.Subscription, Runnable {
    private final Source<? extends T> source;
    private final Executor executor;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work =
            new AtomicInteger(1); // held by start() until the subscriber has its subscription
    private volatile boolean cancelled;
    private volatile long refused;
    private Flow.@Nullable Subscriber<? super T> subscriber; // of whoever holds the work

    /** Where the values come from; asked by one thread at a time. */
    public interface Source<T> {
        /** What {@link #poll} found. */
        enum State {
            /** There is a value to be taken. */
            VALUE,
            /** There is no value now; {@link Delivery#wake} says when to look again. */
            NOTHING,
            /** There is no value any more. */
            END
        }

        /**
         * Looks for a value.
         *
         * @param wanted whether the subscriber has asked for one
         * @return what was found; an exception is the end, and an error
         */
        State poll(boolean wanted);

        /**
         * Takes the value that was found.
         *
         * @return the value
         */
        T take();

        /** Nothing more is wanted. */
        void close();
    }

    /**
     * @param source of the values
     * @param subscriber to hand them to
     * @param executor runs the signals
     */
    public Delivery(
            final Source<? extends T> source, final Flow.Subscriber<? super T> subscriber, final Executor executor) {
        this.source = source;
        this.subscriber = subscriber;
        this.executor = executor;
    }

    /** Gives the subscriber its subscription, on the calling thread, and begins. */
    public void start() {
        final Flow.Subscriber<? super T> receiver = subscriber;
        if (receiver != null) {
            receiver.onSubscribe(this);
            executor.execute(this);
        }
    }

    /**
     * Tells a subscriber that there is nothing for it.
     *
     * @param subscriber to refuse
     * @param reason why
     */
    public static void refuse(final Flow.Subscriber<?> subscriber, final RuntimeException reason) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(final long n) {
                // Nothing will come.
            }

            @Override
            public void cancel() {
                // Nothing would have come.
            }
        });
        subscriber.onError(reason);
    }

    @Override
    public void request(final long n) {
        if (n <= 0) {
            refused = n == 0 ? Long.MIN_VALUE : n;
        } else {
            demand.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        }
        wake();
    }

    @Override
    public void cancel() {
        cancelled = true;
        wake();
    }

    /** Looks at the source again, on the executor. */
    public void wake() {
        if (work.getAndIncrement() == 0) {
            executor.execute(this);
        }
    }

    @Override
    public void run() {
        int seen = work.get();
        do {
            deliver();
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void deliver() {
        while (true) {
            final Flow.Subscriber<? super T> receiver = subscriber;
            if (receiver == null) {
                return;
            }
            if (cancelled) {
                end();
                return;
            }
            if (refused != 0) {
                end();
                receiver.onError(new IllegalArgumentException("a subscriber asked for "
                        + (refused == Long.MIN_VALUE ? 0 : refused) + " values: it must ask for 1 or more (§3.9)"));
                return;
            }
            if (!step(receiver)) {
                return;
            }
        }
    }

    /** At most one signal; false if there is nothing more to do now. */
    private boolean step(final Flow.Subscriber<? super T> receiver) {
        final boolean wanted = demand.get() > 0;
        final @Nullable T value;
        try {
            final Source.State state = source.poll(wanted);
            if (state == Source.State.NOTHING || (state == Source.State.VALUE && !wanted)) {
                return false;
            }
            value = state == Source.State.END ? null : source.take();
        } catch (final Throwable failure) { // of the generator: the subscriber's to know
            end();
            receiver.onError(failure);
            return false;
        }
        if (value == null) {
            end();
            receiver.onComplete();
            return false;
        }
        demand.getAndUpdate(before -> before == Long.MAX_VALUE ? before : before - 1);
        try {
            receiver.onNext(value);
        } catch (final RuntimeException | Error broken) { // against the rules (§2.13): as if it had cancelled
            end();
            throw broken;
        }
        return true;
    }

    private void end() {
        subscriber = null;
        source.close();
    }
}

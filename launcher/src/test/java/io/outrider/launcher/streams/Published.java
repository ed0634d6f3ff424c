package io.outrider.launcher.streams;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** A publisher that is nothing else: gives what it is asked for at once, and then ends in one of many ways. */
final class Published<T> implements Flow.Publisher<T>, Flow.Subscription {
    /** What comes instead of one value more. */
    enum Ending {
        COMPLETE,
        ERROR,
        NULL,
        THROW,
        TOO_MANY
    }

    private final IntFunction<T> values;
    private final int count;
    private final Ending ending;
    private final Executor executor;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private Flow.Subscriber<? super T> subscriber;
    private int next;
    private boolean ended;

    /** Publishes on the thread that asks, or on one of its own. */
    Published(IntFunction<T> values, int count, Ending ending, boolean onThreadOfItsOwn) {
        this.values = values;
        this.count = count;
        this.ending = ending;
        this.executor = onThreadOfItsOwn ? ForkJoinPool.commonPool() : Runnable::run;
    }

    long asked() {
        return asked.get();
    }

    int cancelled() {
        return cancelled.get();
    }

    /** How often null was refused by an exception, as the rules want it. */
    int refused() {
        return refused.get();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> given) {
        subscriber = given;
        given.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        asked.addAndGet(n);
        executor.execute(() -> publish(n));
    }

    private synchronized void publish(long n) {
        for (long i = 0; i < n && next < count && !ended; i++) {
            subscriber.onNext(values.apply(next++));
        }
        if (next == count && !ended) {
            ended = true;
            end();
        }
    }

    private void end() {
        switch (ending) {
            case COMPLETE -> subscriber.onComplete();
            case ERROR -> subscriber.onError(new IllegalStateException("no value " + count));
            case NULL -> {
                try {
                    subscriber.onNext(null);
                } catch (NullPointerException byTheRules) {
                    refused.incrementAndGet();
                }
            }
            case THROW -> throw new IllegalStateException("can't be asked for value " + count);
            case TOO_MANY -> {
                for (long i = count; i <= asked.get(); i++) {
                    subscriber.onNext(values.apply(0));
                }
            }
        }
    }

    @Override
    public void cancel() {
        cancelled.incrementAndGet();
    }
}

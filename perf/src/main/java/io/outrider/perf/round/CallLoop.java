package io.outrider.perf.round;

import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Makes calls and notes how long each took, in a plain array: histograms are made afterwards. */
abstract class CallLoop {
    /** Warm-up comes in short runs, so that what is measured later is the method as compiled, not a loop replaced on the way. */
    private static final int WARM_UP_RUNS = 50;

    private final Exchange exchange;
    private final long[] samples;

    CallLoop(final Exchange exchange, final long[] samples) {
        this.exchange = exchange;
        this.samples = samples;
    }

    /** The loop that a plan asks for; it notes times in the array, and the number of calls in a run is limited by its length. */
    static CallLoop of(final Exchange exchange, final Plan plan, final long[] samples) {
        return switch (plan.pace()) {
            case CLOSED -> new ClosedLoop(exchange, samples);
            case OPEN -> new OpenLoop(exchange, samples, plan.interval().toNanos(), System::nanoTime);
            case PAUSED -> new PausedLoop(exchange, samples, plan.interval());
        };
    }

    final long[] samples() {
        return samples;
    }

    void warmUp(final Duration duration) throws Exception {
        final long end = System.nanoTime() + duration.toNanos();
        do {
            run(duration.toNanos() / WARM_UP_RUNS);
        } while (System.nanoTime() - end < 0);
    }

    /** Makes calls for a while, or until the array is full; returns how many. */
    abstract int run(long durationNs) throws Exception;

    /** Makes one call and checks its answer. */
    final void call(final int count) throws Exception {
        final int index = count & 0xff;
        final double answer = exchange.call(index, count);
        if (answer != Payload.answer(index, count)) {
            throw new IllegalStateException("call " + count + " was answered with " + answer);
        }
    }

    /** One call after the other, with one reading of the clock for each, which all contenders bear alike. */
    private static final class ClosedLoop extends CallLoop {
        ClosedLoop(final Exchange exchange, final long[] samples) {
            super(exchange, samples);
        }

        @Override
        int run(final long durationNs) throws Exception {
            final long[] samples = samples();
            int count = 0;
            long before = System.nanoTime();
            final long end = before + durationNs;
            while (count < samples.length && before - end < 0) {
                call(count);
                final long now = System.nanoTime();
                samples[count++] = now - before;
                before = now;
            }
            return count;
        }
    }

    /**
     * Calls at a fixed rate, each timed from when it was due: what waits behind a slow call counts as slow too. Gil Tene calls
     * leaving that out "coordinated omission".
     */
    static final class OpenLoop extends CallLoop {
        private final long intervalNs;
        private final LongSupplier nanoTime;

        OpenLoop(final Exchange exchange, final long[] samples, final long intervalNs, final LongSupplier nanoTime) {
            super(exchange, samples);
            this.intervalNs = intervalNs;
            this.nanoTime = nanoTime;
        }

        @Override
        int run(final long durationNs) throws Exception {
            final long[] samples = samples();
            final long begin = nanoTime.getAsLong();
            int count = 0;
            long due = begin;
            while (count < samples.length && due - begin < durationNs) {
                while (nanoTime.getAsLong() - due < 0) {
                    Thread.onSpinWait();
                }
                call(count);
                samples[count++] = nanoTime.getAsLong() - due;
                due += intervalNs;
            }
            return count;
        }
    }

    /**
     * A pause before each call, then one call, timed alone. The warm-up is first without pauses and then with many short ones, so
     * that what calls, falls asleep and wakes is compiled by then, as it is in a program that has run for a while.
     */
    private static final class PausedLoop extends CallLoop {
        private static final long SHORT_PAUSE_NS = 1_000_000;
        private static final int WARM_UP_WAKES = 5_000;

        private final Duration pause;
        private final CallLoop hot;

        PausedLoop(final Exchange exchange, final long[] samples, final Duration pause) {
            super(exchange, samples);
            this.pause = pause;
            this.hot = new ClosedLoop(exchange, samples);
        }

        @Override
        void warmUp(final Duration duration) throws Exception {
            hot.warmUp(duration);
            for (int count = 0; count < WARM_UP_WAKES; count++) {
                LockSupport.parkNanos(SHORT_PAUSE_NS);
                call(count);
            }
        }

        @Override
        int run(final long durationNs) throws Exception {
            final long[] samples = samples();
            final long end = System.nanoTime() + durationNs;
            int count = 0;
            do {
                Thread.sleep(pause.toMillis());
                final long before = System.nanoTime();
                call(count);
                samples[count++] = System.nanoTime() - before;
            } while (count < samples.length && System.nanoTime() - end < 0);
            return count;
        }
    }
}

package io.outrider.perf.bench;

import java.time.Duration;

/** Makes one call after the other and notes how long each took, in a plain array: histograms are made afterwards. */
final class ClosedLoop {
    /** Warm-up comes in short runs, so that what is measured later is the method as compiled, not a loop replaced on the way. */
    private static final int WARM_UP_RUNS = 50;

    private final Exchange exchange;
    private final long[] samples;

    ClosedLoop(final Exchange exchange, final int maxCalls) {
        this.exchange = exchange;
        this.samples = new long[maxCalls];
    }

    long[] samples() {
        return samples;
    }

    void warmUp(final Duration duration) throws Exception {
        final long end = System.nanoTime() + duration.toNanos();
        do {
            run(duration.toNanos() / WARM_UP_RUNS);
        } while (System.nanoTime() - end < 0);
    }

    /** One reading of the clock for each call, which all contenders bear alike; returns how many calls were made. */
    int run(final long durationNs) throws Exception {
        int count = 0;
        long before = System.nanoTime();
        final long end = before + durationNs;
        while (count < samples.length && before - end < 0) {
            final int index = count & 0xff;
            final double value = count;
            final double answer = exchange.call(index, value);
            if (answer != Payload.answer(index, value)) {
                throw new IllegalStateException("call " + count + " was answered with " + answer);
            }
            final long now = System.nanoTime();
            samples[count++] = now - before;
            before = now;
        }
        return count;
    }
}

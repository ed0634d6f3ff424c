package io.outrider.perf.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls at a fixed rate are timed from when they were due, so that those behind a slow one count as slow too. */
@Timeout(30)
class OpenLoopTest {
    private static final long INTERVAL_NS = 1_000;
    private static final long FAST_NS = 100;
    private static final long SLOW_NS = 3_500;
    private static final int SLOW_ONE = 2;

    /** Due at 2000 the slow one ends at 5500; the next three were due at 3000, 4000 and 5000. */
    private static final long[] FROM_INTENDED_START = {100, 100, 3_500, 2_600, 1_700, 800, 100, 100, 100, 100};

    /** Each look at the clock takes one. */
    private static final long LOOKS_NS = 50;

    private long now;

    @Test
    void whatWaitsBehindASlowCallIsTimedFromItsIntendedStart() throws Exception {
        final long[] samples = new long[100];
        final CallLoop loop = new CallLoop.OpenLoop(new OneIsSlow(), samples, INTERVAL_NS, () -> now++);
        assertEquals(FROM_INTENDED_START.length, loop.run(10 * INTERVAL_NS), "as many as were due");
        for (int i = 0; i < FROM_INTENDED_START.length; i++) {
            assertEquals(FROM_INTENDED_START[i], samples[i], LOOKS_NS, "call " + i);
        }
    }

    private final class OneIsSlow implements Exchange {
        private int calls;

        @Override
        public double call(final int index, final double value) {
            now += calls++ == SLOW_ONE ? SLOW_NS : FAST_NS;
            return Payload.answer(index, value);
        }

        @Override
        public long workerAllocatedBytes() {
            return 0;
        }

        @Override
        public void close() {
            // There is nothing open.
        }
    }
}

package io.outrider.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.outrider.engine.Waker;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A reader that parks against a writer that commits, by Dekker's rule: each stores, fences, and then loads what the other
 * stores. A frame that neither the reader finds in its last poll nor the writer rings for would wait for the reader's
 * timeout.
 */
@JCStressTest
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the reader parked first: the writer rings")
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the writer committed first: the last poll finds the frame")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "at once: found, and rung for in vain")
@Outcome(id = "false, false", expect = FORBIDDEN, desc = "a lost wake-up")
@State
public class ParkedFlagTest {
    private static final int ALIGNMENT = 8;

    private final LinkStatus status = new LinkStatus(
            new UnsafeBuffer(ByteBuffer.allocateDirect(LinkStatus.LENGTH).alignedSlice(ALIGNMENT)));
    private int rings; // by the writer
    private final Waker waker = new Waker(status, Side.WORKER, () -> rings++);
    private final UnsafeBuffer lane =
            new UnsafeBuffer(ByteBuffer.allocateDirect(ALIGNMENT).alignedSlice(ALIGNMENT));

    /**
     * The reader: parks, then polls once more.
     *
     * @param result whether it finds the frame
     */
    @Actor
    public void reader(final ZZ_Result result) {
        status.park(Side.WORKER);
        result.r1 = lane.getIntVolatile(0) != 0;
    }

    /**
     * The writer: commits by a release store, as the lanes do, and wakes the reader if it has to.
     *
     * @param result whether it rings
     */
    @Actor
    public void writer(final ZZ_Result result) {
        lane.putIntRelease(0, 1);
        result.r2 = waker.wake() && rings == 1;
    }
}

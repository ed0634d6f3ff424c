package io.outrider.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.outrider.ipc.slots.MappedSlots;
import io.outrider.transport.DirectSlots;
import java.nio.ByteBuffer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A client that sends one call by the lane and then one by a direct slot, against a worker that looks at the slots first: it takes
 * the call of the slot only after that of the lane, since a slot's call says how far the lane was when it was sent. The lane is a
 * queue in memory here, and its positions are counts of frames.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing was there yet")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the lane's call, and no other yet")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the lane's call, then the slot's")
@Outcome(expect = FORBIDDEN, desc = "the slot's call overtook the lane's")
@State
public class SlotOrderTest {
    private static final int ALIGNMENT = 128;
    private static final int LOOKS = 3;
    private static final int BY_LANE = 1;
    private static final int BY_SLOT = 2;

    private final UnsafeBuffer memory = new UnsafeBuffer(
            ByteBuffer.allocateDirect(MappedSlots.LENGTH + ALIGNMENT).alignedSlice(ALIGNMENT));
    private final UnsafeBuffer call = new UnsafeBuffer(new byte[Long.BYTES]);
    private final ManyToOneConcurrentArrayQueue<Integer> lane = new ManyToOneConcurrentArrayQueue<>(2);
    private final DirectSlots client = new MappedSlots(memory, lane::addedCount);
    private final DirectSlots worker = new MappedSlots(memory, lane::removedCount);
    private int taken;
    private int first;
    private int second;

    /** Sends both calls, in order. */
    @Actor
    public void client() {
        lane.add(BY_LANE);
        call.putInt(0, BY_SLOT);
        client.send(0, call, Long.BYTES);
    }

    /**
     * Looks a few times at the slots and then at the lane.
     *
     * @param result the first call that was taken, and the second
     */
    @Actor
    public void worker(final II_Result result) {
        for (int look = 0; look < LOOKS; look++) {
            worker.nextCall((frame, offset, length) -> take(frame.getInt(offset)));
            final Integer byLane = lane.poll();
            if (byLane != null) {
                take(byLane);
            }
        }
        result.r1 = first;
        result.r2 = second;
    }

    private void take(final int which) {
        if (taken++ == 0) {
            first = which;
        } else {
            second = which;
        }
    }
}

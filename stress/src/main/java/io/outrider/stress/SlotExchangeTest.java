package io.outrider.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.outrider.ipc.slots.MappedSlots;
import io.outrider.transport.DirectSlots;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * A call by a direct slot: the word that says that a frame is there is written behind it, and read before it. So whoever sees
 * the word sees all of the frame, there and back.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "the worker has not seen the call yet")
@Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "the worker has the call, the client has not seen the reply yet")
@Outcome(id = "3, 7", expect = ACCEPTABLE, desc = "there and back")
@Outcome(expect = FORBIDDEN, desc = "half of a frame, or a reply to no call")
@State
public class SlotExchangeTest {
    private static final int ALIGNMENT = 128;
    private static final int FRAME = 2 * Long.BYTES;

    private final UnsafeBuffer memory = new UnsafeBuffer(
            ByteBuffer.allocateDirect(MappedSlots.LENGTH + ALIGNMENT).alignedSlice(ALIGNMENT));
    private final DirectSlots client = new MappedSlots(memory, () -> 0);
    private final DirectSlots worker = new MappedSlots(memory, () -> 0);
    private final UnsafeBuffer call = new UnsafeBuffer(new byte[FRAME]);
    private final UnsafeBuffer reply = new UnsafeBuffer(new byte[FRAME]);

    /**
     * The client: sends a call, and looks for its reply once.
     *
     * @param result the sum of the reply's two halves
     */
    @Actor
    public void client(final JJ_Result result) {
        call.putLong(0, 1);
        call.putLong(Long.BYTES, 2);
        client.send(0, call, FRAME);
        if (client.poll(0) == FRAME) {
            final int offset = client.replyOffset(0);
            result.r2 = client.replies().getLong(offset) + client.replies().getLong(offset + Long.BYTES);
        }
    }

    /**
     * The worker: looks for a call once, and answers it.
     *
     * @param result the sum of the call's two halves
     */
    @Actor
    public void worker(final JJ_Result result) {
        final int slot = worker.nextCall((frame, offset, length) -> {
            result.r1 = frame.getLong(offset) + frame.getLong(offset + Long.BYTES);
        });
        if (slot != DirectSlots.NONE) {
            reply.putLong(0, 3);
            reply.putLong(Long.BYTES, 4);
            worker.reply(slot, reply, FRAME);
        }
    }
}

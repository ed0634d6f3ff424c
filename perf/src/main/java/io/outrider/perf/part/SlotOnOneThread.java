package io.outrider.perf.part;

import io.outrider.transport.DirectSlots;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.Side;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A direct slot of the ring transport whose two ends are on one thread, so that no cache line travels. */
public final class SlotOnOneThread implements AutoCloseable, FrameHandler {
    private static final int FRAME = 40;
    private static final int SLOT = 0;

    private final Link client;
    private final Link worker;
    private final DirectSlots calls;
    private final DirectSlots replies;
    private final UnsafeBuffer call = new UnsafeBuffer(new byte[FRAME]);
    private final UnsafeBuffer reply = new UnsafeBuffer(new byte[FRAME]);

    /**
     * Makes the slots.
     *
     * @param directory for their file
     */
    public SlotOnOneThread(final Path directory) {
        RingLink.create(directory);
        client = RingLink.open(directory, Side.CLIENT);
        worker = RingLink.open(directory, Side.WORKER);
        calls = client.directSlots();
        replies = worker.directSlots();
    }

    /**
     * Sends a call, finds it, answers it, and finds the answer.
     *
     * @param value in the frame
     * @return the same as it came back
     */
    public double thereAndBack(final double value) {
        call.putDouble(0, value);
        calls.send(SLOT, call, FRAME);
        replies.reply(replies.nextCall(this), reply, FRAME);
        if (calls.poll(SLOT) != FRAME) {
            throw new IllegalStateException("the slot has no answer");
        }
        return calls.replies().getDouble(calls.replyOffset(SLOT));
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        reply.putDouble(0, buffer.getDouble(offset));
    }

    @Override
    public void close() {
        client.close();
        worker.close();
    }
}

package io.outrider.perf.part;

import io.outrider.transport.Claim;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A lane of the ring transport whose two ends are on one thread, so that no cache line travels. */
public final class LaneOnOneThread implements AutoCloseable, FrameHandler {
    private static final int FRAME = 40;

    private final Link client;
    private final Link worker;
    private final Claim claim = new Claim();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FRAME]);
    private double seen;

    /**
     * Makes the lane.
     *
     * @param directory for its files
     */
    public LaneOnOneThread(final Path directory) {
        RingLink.create(directory);
        client = RingLink.open(directory, Side.CLIENT);
        worker = RingLink.open(directory, Side.WORKER);
    }

    /**
     * Claims, copies, commits and polls one frame of the length of a call.
     *
     * @param value in the frame
     * @return the same as it was read
     */
    public double offerAndPoll(final double value) {
        frame.putDouble(0, value);
        if (client.publication().offer(frame, 0, FRAME, claim) != Publication.OK) {
            throw new IllegalStateException("the lane is full");
        }
        worker.subscription().poll(this, 1);
        return seen;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        seen = buffer.getDouble(offset);
    }

    @Override
    public void close() {
        client.close();
        worker.close();
    }
}

package io.outrider.perf.part;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.bench.Rung;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.Claim;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import io.outrider.transport.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames as long as those of a call, through the transport's own interface, with nothing of the engine around them. */
public final class LinkEcho implements EchoPeer, Rung {
    private static final int CALL = FrameDescriptor.CALL_HEADER + Payload.REQUEST;
    private static final int OUTCOME = FrameDescriptor.OUTCOME_HEADER + Payload.REPLY;
    private static final int FRAMES_AT_ONCE = 16;

    @Override
    public String name() {
        return "outrider.ring.link.echo";
    }

    @Override
    public void serve(final Path directory) {
        final Link link = RingLink.open(directory, Side.WORKER);
        final Thread echo = new Thread(() -> answer(link), "echo");
        echo.setDaemon(true);
        echo.start();
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        RingLink.create(rig.directory());
        return new Lanes(RingLink.open(rig.directory(), Side.CLIENT), rig.echo(this));
    }

    private static void answer(final Link link) {
        final Subscription calls = link.subscription();
        final Publication replies = link.publication();
        final Claim claim = new Claim();
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[OUTCOME]);
        final FrameHandler handler = (frame, offset, length) -> {
            final int body = offset + FrameDescriptor.CALL_HEADER;
            outcome.putDouble(
                    FrameDescriptor.OUTCOME_HEADER,
                    Payload.answer(frame.getInt(body + Payload.INDEX), frame.getDouble(body + Payload.VALUE)));
            offer(replies, outcome, OUTCOME, claim);
        };
        while (true) {
            if (calls.poll(handler, FRAMES_AT_ONCE) == 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static void offer(
            final Publication publication, final UnsafeBuffer frame, final int length, final Claim claim) {
        while (publication.offer(frame, 0, length, claim) != Publication.OK) {
            Thread.onSpinWait();
        }
    }

    private static final class Lanes implements Exchange, FrameHandler {
        private final Link link;
        private final EchoJvm echo;
        private final Publication calls;
        private final Subscription replies;
        private final Claim claim = new Claim();
        private final UnsafeBuffer call = new UnsafeBuffer(new byte[CALL]);
        private double answer;

        Lanes(final Link link, final EchoJvm echo) {
            this.link = link;
            this.echo = echo;
            calls = link.publication();
            replies = link.subscription();
        }

        @Override
        public double call(final int index, final double value) {
            call.putInt(FrameDescriptor.CALL_HEADER + Payload.INDEX, index);
            call.putDouble(FrameDescriptor.CALL_HEADER + Payload.VALUE, value);
            offer(calls, call, CALL, claim);
            while (replies.poll(this, FRAMES_AT_ONCE) == 0) {
                Thread.onSpinWait();
            }
            return answer;
        }

        @Override
        public void onFrame(final DirectBuffer frame, final int offset, final int length) {
            answer = frame.getDouble(offset + FrameDescriptor.OUTCOME_HEADER);
        }

        @Override
        public void answerLine(final Path directory) throws IOException {
            echo.answerLine(directory);
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() {
            echo.close();
            link.close();
        }
    }
}

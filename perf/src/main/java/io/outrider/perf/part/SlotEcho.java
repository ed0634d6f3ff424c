package io.outrider.perf.part;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.bench.Rung;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.Side;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames as long as those of a call, by a direct slot, with nothing of the engine around them. */
public final class SlotEcho implements EchoPeer, Rung {
    private static final int CALL = FrameDescriptor.CALL_HEADER + Payload.REQUEST;
    private static final int OUTCOME = FrameDescriptor.OUTCOME_HEADER + Payload.REPLY;
    private static final int SLOT = 0;

    @Override
    public String name() {
        return "outrider.ring.slot.echo";
    }

    @Override
    public void serve(final Path directory) {
        final Link link = RingLink.open(directory, Side.WORKER);
        final Thread echo = new Thread(() -> answer(link.directSlots()), "echo");
        echo.setDaemon(true);
        echo.start();
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        RingLink.create(rig.directory());
        return new Slot(RingLink.open(rig.directory(), Side.CLIENT), rig.echo(this));
    }

    private static void answer(final DirectSlots slots) {
        final UnsafeBuffer outcome = new UnsafeBuffer(new byte[OUTCOME]);
        final FrameHandler handler = (frame, offset, length) -> {
            final int body = offset + FrameDescriptor.CALL_HEADER;
            outcome.putDouble(
                    FrameDescriptor.OUTCOME_HEADER,
                    Payload.answer(frame.getInt(body + Payload.INDEX), frame.getDouble(body + Payload.VALUE)));
        };
        while (true) {
            final int slot = slots.nextCall(handler);
            if (slot == DirectSlots.NONE) {
                Thread.onSpinWait();
            } else {
                slots.reply(slot, outcome, OUTCOME);
            }
        }
    }

    private record Slot(Link link, DirectSlots slots, UnsafeBuffer frame, EchoJvm echo) implements Exchange {
        Slot(final Link link, final EchoJvm echo) {
            this(link, link.directSlots(), new UnsafeBuffer(new byte[CALL]), echo);
        }

        @Override
        public double call(final int index, final double value) {
            frame.putInt(FrameDescriptor.CALL_HEADER + Payload.INDEX, index);
            frame.putDouble(FrameDescriptor.CALL_HEADER + Payload.VALUE, value);
            slots.send(SLOT, frame, CALL);
            while (slots.poll(SLOT) == DirectSlots.NOTHING) {
                Thread.onSpinWait();
            }
            return slots.replies().getDouble(slots.replyOffset(SLOT) + FrameDescriptor.OUTCOME_HEADER);
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

package io.outrider.perf.peer;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.bench.Rung;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/** 64 KiB as a {@code byte[]} through a raw Chronicle queue, answered with a number: what a loan replaces. */
public final class ChronicleQueueBytes implements EchoPeer, Rung {
    private static final int BYTES = 64 * 1024;

    @Override
    public String name() {
        return "chronicle.queue.64KiB";
    }

    @Override
    public void serve(final Path directory) {
        final ChronicleQueue requests = ChronicleQueueEcho.queue(directory, "requests");
        final ChronicleQueue replies = ChronicleQueueEcho.queue(directory, "replies");
        EchoThread.start(() -> answer(requests.createTailer(), replies.createAppender()));
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final ChronicleQueue requests = ChronicleQueueEcho.queue(rig.directory(), "requests");
        final ChronicleQueue replies = ChronicleQueueEcho.queue(rig.directory(), "replies");
        return new Queues(requests, replies, rig.echo(this));
    }

    private static void answer(final ExcerptTailer requests, final ExcerptAppender replies) {
        final byte[] taken = new byte[BYTES];
        while (true) {
            try (DocumentContext request = requests.readingDocument()) {
                if (!request.isPresent()) {
                    Thread.onSpinWait();
                    continue;
                }
                final Bytes<?> in = ChronicleQueueEcho.wireBytes(request);
                final double answer = Payload.answer(in.readInt(), in.readDouble());
                in.read(taken, 0, BYTES);
                try (DocumentContext reply = replies.writingDocument()) {
                    ChronicleQueueEcho.wireBytes(reply).writeDouble(answer + taken[BYTES - 1]);
                }
            }
        }
    }

    private static final class Queues implements Exchange {
        private final ChronicleQueue requests;
        private final ChronicleQueue replies;
        private final EchoJvm echo;
        private final ExcerptAppender appender;
        private final ExcerptTailer tailer;
        private final byte[] data = new byte[BYTES];

        Queues(final ChronicleQueue requests, final ChronicleQueue replies, final EchoJvm echo) {
            this.requests = requests;
            this.replies = replies;
            this.echo = echo;
            appender = requests.createAppender();
            tailer = replies.createTailer();
        }

        @Override
        public double call(final int index, final double value) {
            try (DocumentContext request = appender.writingDocument()) {
                ChronicleQueueEcho.wireBytes(request)
                        .writeInt(index)
                        .writeDouble(value)
                        .write(data);
            }
            while (true) {
                try (DocumentContext reply = tailer.readingDocument()) {
                    if (reply.isPresent()) {
                        return ChronicleQueueEcho.wireBytes(reply).readDouble();
                    }
                }
                Thread.onSpinWait();
            }
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() {
            echo.close();
            tailer.close();
            appender.close();
            replies.close();
            requests.close();
        }
    }
}

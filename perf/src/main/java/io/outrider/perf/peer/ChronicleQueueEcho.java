package io.outrider.perf.peer;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/** Two Chronicle queues with the library's own settings, raw: one document a message, the tailer spins. */
public final class ChronicleQueueEcho implements EchoPeer {
    @Override
    public String name() {
        return "chronicle.queue.echo";
    }

    @Override
    public void serve(final Path directory) {
        final ChronicleQueue requests = queue(directory, "requests");
        final ChronicleQueue replies = queue(directory, "replies");
        EchoThread.start(() -> answer(requests.createTailer(), replies.createAppender()));
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final ChronicleQueue requests = queue(rig.directory(), "requests");
        final ChronicleQueue replies = queue(rig.directory(), "replies");
        return new Queues(requests, replies, rig.echo(this));
    }

    static ChronicleQueue queue(final Path directory, final String name) {
        return ChronicleQueue.single(directory.resolve(name).toString());
    }

    private static void answer(final ExcerptTailer requests, final ExcerptAppender replies) {
        while (true) {
            try (DocumentContext request = requests.readingDocument()) {
                if (!request.isPresent()) {
                    Thread.onSpinWait();
                    continue;
                }
                final Bytes<?> in = wireBytes(request);
                final double answer = Payload.answer(in.readInt(), in.readDouble());
                try (DocumentContext reply = replies.writingDocument()) {
                    wireBytes(reply).writeDouble(answer);
                }
            }
        }
    }

    static Bytes<?> wireBytes(final DocumentContext document) {
        final var wire = document.wire();
        if (wire == null) {
            throw new IllegalStateException("the document has no wire");
        }
        return wire.bytes();
    }

    private static final class Queues implements Exchange {
        private final ChronicleQueue requests;
        private final ChronicleQueue replies;
        private final ExcerptAppender appender;
        private final ExcerptTailer tailer;
        private final EchoJvm echo;

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
                wireBytes(request).writeInt(index).writeDouble(value);
            }
            while (true) {
                try (DocumentContext reply = tailer.readingDocument()) {
                    if (reply.isPresent()) {
                        return wireBytes(reply).readDouble();
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

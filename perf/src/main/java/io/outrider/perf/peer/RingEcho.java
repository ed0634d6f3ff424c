package io.outrider.perf.peer;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.MappedFiles;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Two rings of Agrona's, raw: claim, fill, commit; the reader spins. A ring is as large as a lane of Outrider's. */
public abstract class RingEcho implements EchoPeer {
    private static final int CAPACITY = 1024 * 1024;
    private static final int MESSAGE = 1;

    /** Lays a ring of the kind in question over a buffer. */
    abstract RingBuffer ring(AtomicBuffer buffer);

    @Override
    public final void serve(final Path directory) throws IOException {
        final RingBuffer requests = open(directory, "requests");
        final RingBuffer replies = open(directory, "replies");
        EchoThread.start(() -> {
            final MessageHandler handler = (type, buffer, offset, length) -> send(
                    replies,
                    Payload.answer(buffer.getInt(offset + Payload.INDEX), buffer.getDouble(offset + Payload.VALUE)));
            while (true) {
                if (requests.read(handler) == 0) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @Override
    public final Exchange open(final Rig rig) throws IOException {
        final Pair pair = pair(rig);
        return new Rings(pair.requests(), pair.replies(), pair.echo());
    }

    /**
     * The caller's ends of both rings.
     *
     * @param requests to write
     * @param replies to read
     * @param echo the far side, which answers
     */
    public record Pair(RingBuffer requests, RingBuffer replies, EchoJvm echo) implements AutoCloseable {
        /**
         * Sends a request if there is room.
         *
         * @param index to send
         * @param value to send
         * @return whether it was sent
         */
        public boolean trySend(final int index, final double value) {
            final int offset = requests.tryClaim(MESSAGE, Payload.REQUEST);
            if (offset < 0) {
                return false;
            }
            requests.buffer().putInt(offset + Payload.INDEX, index);
            requests.buffer().putDouble(offset + Payload.VALUE, value);
            requests.commit(offset);
            return true;
        }

        @Override
        public void close() {
            echo.close();
        }
    }

    /**
     * Opens both rings, with the far side answering.
     *
     * @param rig what there is to do it with
     * @return the caller's ends
     * @throws IOException if the far side does not start
     */
    public final Pair pair(final Rig rig) throws IOException {
        return new Pair(open(rig.directory(), "requests"), open(rig.directory(), "replies"), rig.echo(this));
    }

    private RingBuffer open(final Path directory, final String name) throws IOException {
        final UnsafeBuffer buffer =
                MappedFiles.map(directory.resolve(name), CAPACITY + RingBufferDescriptor.TRAILER_LENGTH);
        return ring(buffer);
    }

    private static int claim(final RingBuffer ring, final int length) {
        int offset = ring.tryClaim(MESSAGE, length);
        while (offset < 0) {
            Thread.onSpinWait();
            offset = ring.tryClaim(MESSAGE, length);
        }
        return offset;
    }

    private static void send(final RingBuffer replies, final double answer) {
        final int offset = claim(replies, Payload.REPLY);
        replies.buffer().putDouble(offset, answer);
        replies.commit(offset);
    }

    private static final class Rings implements Exchange, MessageHandler {
        private final RingBuffer requests;
        private final RingBuffer replies;
        private final EchoJvm echo;
        private double answer;

        Rings(final RingBuffer requests, final RingBuffer replies, final EchoJvm echo) {
            this.requests = requests;
            this.replies = replies;
            this.echo = echo;
        }

        @Override
        public double call(final int index, final double value) {
            final int offset = claim(requests, Payload.REQUEST);
            final AtomicBuffer buffer = requests.buffer();
            buffer.putInt(offset + Payload.INDEX, index);
            buffer.putDouble(offset + Payload.VALUE, value);
            requests.commit(offset);
            while (replies.read(this) == 0) {
                Thread.onSpinWait();
            }
            return answer;
        }

        @Override
        public void onMessage(final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
            answer = buffer.getDouble(offset);
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
        }
    }
}

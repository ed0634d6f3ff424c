package io.outrider.perf.probe.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** A way of sending one message after the other in one direction, with nothing of Outrider's. Both sides spin. */
enum RawWay {
    /** Agrona's ring for one writer and one reader, 8 bytes a message; as large as a lane. */
    AGRONA_RING("agrona.ring.messages8") {
        @Override
        void write(final Path directory, final Runnable ready) throws IOException {
            final OneToOneRingBuffer ring = ring(directory);
            ready.run();
            for (long i = 0; true; i++) {
                int offset = ring.tryClaim(1, Long.BYTES);
                while (offset < 0) {
                    Thread.onSpinWait();
                    offset = ring.tryClaim(1, Long.BYTES);
                }
                ring.buffer().putLong(offset, i);
                ring.commit(offset);
            }
        }

        @Override
        Reader reader(final Path directory) throws IOException {
            final OneToOneRingBuffer ring = ring(directory);
            final MessageHandler handler = (type, buffer, offset, length) -> buffer.getLong(offset);
            return () -> ring.read(handler);
        }
    },

    /** A Chronicle queue with the library's own settings, 64 bytes a message. */
    CHRONICLE_QUEUE("chronicle.queue.messages64") {
        @Override
        void write(final Path directory, final Runnable ready) {
            final ExcerptAppender appender = queue(directory).createAppender();
            ready.run();
            while (true) {
                try (DocumentContext document = appender.writingDocument()) {
                    final Bytes<?> bytes = bytes(document);
                    for (int i = 0; i < MESSAGE_BYTES; i += Long.BYTES) {
                        bytes.writeLong(i);
                    }
                }
            }
        }

        @Override
        Reader reader(final Path directory) {
            final ChronicleQueue queue = queue(directory);
            final ExcerptTailer tailer = queue.createTailer();
            return new Reader() {
                @Override
                public int read() {
                    try (DocumentContext document = tailer.readingDocument()) {
                        if (!document.isPresent()) {
                            return 0;
                        }
                        bytes(document).readLong();
                        return 1;
                    }
                }

                @Override
                public void close() {
                    queue.close();
                }
            };
        }
    },

    /** gRPC over the loopback interface: a call with a stream of records of four fields as its answer. */
    GRPC("grpc.loopback.stream") {
        @Override
        void write(final Path directory, final Runnable ready) throws IOException, InterruptedException {
            GrpcStream.serve(directory);
            ready.run();
            Thread.currentThread().join(); // until the JVM ends
        }

        @Override
        Reader reader(final Path directory) throws IOException {
            return GrpcStream.read(directory);
        }
    };

    private static final int CAPACITY = 1024 * 1024;
    private static final int MESSAGE_BYTES = 64;

    private final String title;

    RawWay(final String title) {
        this.title = title;
    }

    /** Reads, without waiting. */
    interface Reader extends AutoCloseable {
        /** How many messages were read. */
        int read();

        @Override
        default void close() {}
    }

    String title() {
        return title;
    }

    /** Writes without end, having said that a reader may come. */
    abstract void write(Path directory, Runnable ready) throws IOException, InterruptedException;

    abstract Reader reader(Path directory) throws IOException;

    private static OneToOneRingBuffer ring(final Path directory) throws IOException {
        final int length = CAPACITY + RingBufferDescriptor.TRAILER_LENGTH;
        try (FileChannel channel = FileChannel.open(
                directory.resolve("ring"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            if (channel.size() < length) {
                channel.write(ByteBuffer.allocate(length), 0);
            }
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            return new OneToOneRingBuffer(new UnsafeBuffer(mapped));
        }
    }

    private static ChronicleQueue queue(final Path directory) {
        return ChronicleQueue.single(directory.resolve("queue").toString());
    }

    private static Bytes<?> bytes(final DocumentContext document) {
        final var wire = document.wire();
        if (wire == null) {
            throw new IllegalStateException("the document has no wire");
        }
        return wire.bytes();
    }
}

package io.outrider.ipc.feed;

import static io.outrider.ipc.feed.FeedDescriptor.BUSY;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.config.WaitStrategy;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ProtocolException;
import io.outrider.ipc.file.Allocation;
import io.outrider.ipc.file.MappedFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A feed's file in this process's memory: what all its ends share. Its words may be read and written by any thread until
 * {@link #close}, and not afterwards.
 */
final class FeedFile implements AutoCloseable {
    private static final long YES = 1;

    private final Feed feed;
    private final MappedFile mapped;
    private final UnsafeBuffer memory;
    private final FeedDescriptor layout;

    private FeedFile(final Feed feed, final MappedFile mapped) {
        this.feed = feed;
        this.mapped = mapped;
        this.memory = mapped.buffer();
        this.layout = readLayout();
    }

    /**
     * Makes the file, with all its memory taken.
     *
     * @throws io.outrider.error.StorageException if there is no room; nothing is left
     */
    static void create(final Path path, final FeedOptions options, final WaitStrategy waitStrategy) {
        final FeedDescriptor layout = FeedDescriptor.of(options);
        Allocation.create(path, layout.fileBytes());
        try (MappedFile file = new MappedFile(path, layout.fileBytes())) {
            final UnsafeBuffer memory = file.buffer();
            put(memory, FeedDescriptor.FRAMES_OFFSET, layout.frames());
            put(memory, FeedDescriptor.SUBSCRIBERS_OFFSET, layout.subscribers());
            put(memory, FeedDescriptor.FRAME_BYTES_OFFSET, layout.frameBytes());
            put(memory, FeedDescriptor.WAIT_STRATEGY_OFFSET, FeedDescriptor.WAIT_STRATEGIES.indexOf(waitStrategy));
            final long timeoutNs = TimeUnit.NANOSECONDS.convert(options.blockTimeout()); // saturates
            memory.putLong(FeedDescriptor.BLOCK_TIMEOUT_OFFSET, timeoutNs, ByteOrder.LITTLE_ENDIAN);
            for (int row = 0; row < layout.subscribers(); row++) {
                memory.putLong(layout.positionOffset(row), FeedDescriptor.NOWHERE);
            }
            for (int entry = 0; entry < layout.frames(); entry++) {
                memory.putLong(layout.entryOffset(entry), BUSY);
            }
            put(memory, FeedDescriptor.VERSION_OFFSET, FeedDescriptor.VERSION);
            memory.putIntRelease(FeedDescriptor.MAGIC_OFFSET, FeedDescriptor.MAGIC);
        }
    }

    /**
     * Opens the file.
     *
     * @throws ClosedException if it is not there
     * @throws ProtocolException if it is something else
     */
    static FeedFile open(final Feed feed) {
        final Path path = Path.of(feed.location());
        final long length = path.toFile().length();
        if (!Files.isRegularFile(path)) {
            throw new ClosedException("there is no feed " + feed.name() + " at " + path
                    + ": it was closed, or the executor that made it was");
        }
        if (length < FeedDescriptor.HEADER_BYTES || length > MappedFile.PIECE) {
            throw new ProtocolException(path + " is no feed: it has " + length + " bytes");
        }
        final MappedFile mapped = new MappedFile(path, length);
        try {
            return new FeedFile(feed, mapped);
        } catch (final RuntimeException | Error failure) {
            mapped.close();
            throw failure;
        }
    }

    private FeedDescriptor readLayout() {
        if (memory.getIntAcquire(FeedDescriptor.MAGIC_OFFSET) != FeedDescriptor.MAGIC
                || get(FeedDescriptor.VERSION_OFFSET) != FeedDescriptor.VERSION) {
            throw new ProtocolException(feed.location() + " is no feed of this version of Outrider");
        }
        final FeedDescriptor read = new FeedDescriptor(
                get(FeedDescriptor.FRAMES_OFFSET),
                get(FeedDescriptor.SUBSCRIBERS_OFFSET),
                get(FeedDescriptor.FRAME_BYTES_OFFSET));
        if (read.fileBytes() != memory.capacity()) {
            throw new ProtocolException(
                    feed.location() + " is no whole feed: it has " + memory.capacity() + " bytes, for " + read);
        }
        return read;
    }

    String name() {
        return feed.name();
    }

    UnsafeBuffer memory() {
        return memory;
    }

    FeedDescriptor layout() {
        return layout;
    }

    WaitStrategy waitStrategy() {
        return FeedDescriptor.WAIT_STRATEGIES.get(get(FeedDescriptor.WAIT_STRATEGY_OFFSET));
    }

    long blockTimeoutNs() {
        return memory.getLong(FeedDescriptor.BLOCK_TIMEOUT_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes this process the writer, once and for all. */
    void takeWriter() {
        if (!memory.compareAndSetLong(FeedDescriptor.WRITER_OFFSET, 0, Owner.THIS)) {
            throw new CallRejectedException("the feed " + feed.name() + " has its writer, " + writer()
                    + ": a feed has one in its life; make another feed");
        }
    }

    /** Whether there is, or was, a writer, and its process is gone without having closed. */
    boolean hasLostWriter() {
        final long writer = memory.getLongVolatile(FeedDescriptor.WRITER_OFFSET);
        return writer != 0 && !Owner.isAlive(writer) && !isOver();
    }

    /** The process of the writer, for messages. */
    String writer() {
        return Owner.describe(memory.getLongVolatile(FeedDescriptor.WRITER_OFFSET));
    }

    /** The writer has closed: what was committed is all. */
    void end() {
        memory.putLongVolatile(FeedDescriptor.ENDED_OFFSET, YES);
    }

    /** Somebody has closed the feed. */
    void endForAll() {
        memory.putLongVolatile(FeedDescriptor.CLOSED_OFFSET, YES);
    }

    boolean isClosed() {
        return memory.getLongVolatile(FeedDescriptor.CLOSED_OFFSET) != 0;
    }

    /** Whether nothing more will be committed; what was is seen by whoever looks for it after this. */
    boolean isOver() {
        return memory.getLongVolatile(FeedDescriptor.ENDED_OFFSET) != 0 || isClosed();
    }

    /** How many frames were committed. */
    long head() {
        return memory.getLongVolatile(FeedDescriptor.HEAD_OFFSET);
    }

    /** After a commit. Full fence: what follows sees what subscribers did before they could see this. */
    void head(final long count) {
        memory.putLongVolatile(FeedDescriptor.HEAD_OFFSET, count);
    }

    private static void put(final UnsafeBuffer memory, final int offset, final int value) {
        memory.putInt(offset, value, ByteOrder.LITTLE_ENDIAN);
    }

    private int get(final int offset) {
        return memory.getInt(offset, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        mapped.close();
    }
}

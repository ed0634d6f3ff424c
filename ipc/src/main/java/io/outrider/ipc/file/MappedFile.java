package io.outrider.ipc.file;

import io.outrider.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A part of a shared file in this process's memory, in pieces: nothing in it that crosses a multiple of {@link #PIECE}
 * bytes is contiguous. Safe from any thread until {@link #close}; afterwards an access is a fault of the
 * whole process, so that the one owner closes it when nobody can be inside. The peer's death doesn't affect it.
 */
public final class MappedFile implements AutoCloseable {
    /** What one mapping holds at most, in bytes: the largest power of two that a {@code ByteBuffer} can. */
    public static final long PIECE = 1L << 30;

    private final List<MappedByteBuffer> pieces = new ArrayList<>();
    private final long[] addresses;
    private final long length;

    /**
     * Maps the beginning of a file.
     *
     * @param file exists
     * @param length in bytes
     * @throws StorageException if it can't be mapped; nothing is left mapped
     */
    public MappedFile(final Path file, final long length) {
        this(file, 0, length);
    }

    /**
     * Maps a part of a file.
     *
     * @param file exists
     * @param start where the part begins, in bytes, at the start of a page
     * @param length of the part in bytes
     * @throws StorageException if it can't be mapped; nothing is left mapped
     */
    public MappedFile(final Path file, final long start, final long length) {
        this.length = length;
        addresses = new long[(int) ((length + PIECE - 1) / PIECE)];
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            if (opened.length() < start + length) {
                throw new StorageException(file + " holds " + opened.length() + " bytes and not " + (start + length)
                        + ": it was made for another link");
            }
            for (int i = 0; i < addresses.length; i++) {
                final long offset = i * PIECE;
                final MappedByteBuffer piece = opened.getChannel()
                        .map(FileChannel.MapMode.READ_WRITE, start + offset, Math.min(PIECE, length - offset));
                pieces.add(piece);
                addresses[i] = BufferUtil.address(piece);
            }
        } catch (final IOException e) {
            close();
            throw new StorageException("could not map " + file + ": " + e, e);
        }
    }

    /**
     * The whole part, if it is one piece.
     *
     * @return a buffer over all its bytes
     */
    public UnsafeBuffer buffer() {
        return new UnsafeBuffer(addresses[0], (int) length);
    }

    /**
     * Where a byte is in this process.
     *
     * @param offset in the part
     * @return its address; contiguous memory follows up to the next multiple of {@link #PIECE}
     */
    public long address(final long offset) {
        return addresses[(int) (offset / PIECE)] + offset % PIECE;
    }

    /**
     * A part as a buffer of the JDK.
     *
     * @param offset of its first byte
     * @param size in bytes, within one piece
     * @return a new view in native byte order
     */
    public ByteBuffer slice(final long offset, final int size) {
        return pieces.get((int) (offset / PIECE))
                .slice((int) (offset % PIECE), size)
                .order(ByteOrder.nativeOrder());
    }

    /** Unmaps the file. Idempotent. */
    @Override
    public void close() {
        pieces.forEach(IoUtil::unmap);
        pieces.clear();
    }
}

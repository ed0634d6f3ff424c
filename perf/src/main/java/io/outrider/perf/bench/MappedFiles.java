package io.outrider.perf.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory that both JVMs of a peer map. */
public final class MappedFiles {
    private MappedFiles() {}

    /**
     * Maps a file, made and filled with zeros if it is not there: its pages exist before the first call.
     *
     * @param file to map
     * @param length in bytes
     * @return its memory
     * @throws IOException if it can't be made or mapped
     */
    public static UnsafeBuffer map(final Path file, final int length) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < length) {
                channel.write(ByteBuffer.allocate(length), 0);
            }
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            return new UnsafeBuffer(mapped);
        }
    }
}

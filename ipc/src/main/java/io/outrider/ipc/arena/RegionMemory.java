package io.outrider.ipc.arena;

import io.outrider.error.StorageException;
import io.outrider.ipc.file.Allocation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Takes the memory behind a sparse region page by page, the first time it is used; what was taken stays for re-use. Kept by
 * the one side that loans from the region; not safe for two threads. Blocks on the file system when a page is new, and
 * allocates nothing when none is.
 */
final class RegionMemory implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private final long regionOffset;
    private final BitSet taken = new BitSet();

    /**
     * @param path the arena file
     * @param regionOffset where the region begins in it, in bytes
     */
    RegionMemory(final Path path, final long regionOffset) {
        this.path = path;
        this.regionOffset = regionOffset;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (final IOException e) {
            throw new StorageException("could not open " + path + ": " + e, e);
        }
    }

    /**
     * Makes sure that there is memory behind a part of the region.
     *
     * @param offset in the region, at the start of a page
     * @param length in bytes
     * @throws StorageException if it can't be had
     */
    void take(final long offset, final long length) {
        final int end = (int) ((offset + length + Allocation.PAGE - 1) / Allocation.PAGE);
        int page = taken.nextClearBit((int) (offset / Allocation.PAGE));
        while (page < end) {
            final int nextTaken = taken.nextSetBit(page);
            final int runEnd = nextTaken < 0 ? end : Math.min(nextTaken, end);
            takePages(page, runEnd);
            page = taken.nextClearBit(runEnd);
        }
    }

    private void takePages(final int first, final int end) {
        final long length = (long) (end - first) * Allocation.PAGE;
        final Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Allocation.requireSpace(directory, length);
        }
        Allocation.fill(file, path, regionOffset + (long) first * Allocation.PAGE, length);
        taken.set(first, end);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package io.outrider.ipc.file;

import io.outrider.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Takes the memory behind shared files before anybody maps them. Memory of a sparse file that can't be had when it is first
 * touched ends as a fault in the middle of a call; written through the file it ends here, as a {@link StorageException}.
 * Safe from any thread; blocks on the file system. Files are written through {@link RandomAccessFile} and not through a
 * channel, which the interrupt of a calling thread would close.
 */
public final class Allocation {
    /** What memory is taken in, in bytes; a multiple of the page of every supported platform is taken for granted. */
    public static final int PAGE = 4096;

    private static final byte[] ZEROS = new byte[256 * 1024];

    private Allocation() {}

    /**
     * Fails early, and with figures, if a file system can't hold what is about to be made. What passes may still fail in
     * {@link #fill}: others take from the same file system.
     *
     * @param directory an existing directory on the file system
     * @param neededBytes what is about to be taken
     * @throws StorageException if less is usable
     */
    public static void requireSpace(final Path directory, final long neededBytes) {
        final long usableBytes = directory.toFile().getUsableSpace();
        if (usableBytes < neededBytes) {
            throw outOfSpace(directory, neededBytes, usableBytes, null);
        }
    }

    /**
     * Makes a new file of zeros that only its user may open, with its memory taken.
     *
     * @param file must not exist
     * @param length in bytes
     * @throws StorageException if it can't be made whole; no file is left
     */
    public static void create(final Path file, final long length) {
        createSparse(file, length, length);
    }

    /**
     * Makes a new file of zeros that only its user may open, with the memory of its beginning taken.
     *
     * @param file must not exist
     * @param length in bytes
     * @param filledLength how much of it is taken at once, in bytes
     * @throws StorageException if it can't be made whole; no file is left
     */
    public static void createSparse(final Path file, final long length, final long filledLength) {
        requireSpace(directoryOf(file), filledLength);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (final IOException e) {
            throw new StorageException("could not make " + file + ": " + e, e);
        }
        boolean complete = false;
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            fill(opened, file, 0, filledLength);
            opened.setLength(length);
            complete = true;
        } catch (final IOException e) {
            throw new StorageException("could not make " + file + " of " + length + " bytes: " + e, e);
        } finally {
            if (!complete) {
                file.toFile().delete();
            }
        }
    }

    /**
     * Takes the memory of a part of a file by writing zeros over it.
     *
     * @param file open for writing, used by nobody else meanwhile
     * @param path of the file, for messages
     * @param offset of the first byte
     * @param length in bytes
     * @throws StorageException if the memory can't be had
     */
    public static void fill(final RandomAccessFile file, final Path path, final long offset, final long length) {
        try {
            file.seek(offset);
            for (long left = length; left > 0; left -= ZEROS.length) {
                file.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
            }
        } catch (final IOException e) {
            final Path directory = directoryOf(path);
            throw outOfSpace(directory, length, directory.toFile().getUsableSpace(), e);
        }
    }

    private static Path directoryOf(final Path file) {
        final Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    private static StorageException outOfSpace(
            final Path directory, final long needed, final long usable, final @Nullable IOException cause) {
        return new StorageException(
                needed + " bytes of shared memory are needed in " + directory + " and " + usable
                        + " are available: make room there, or choose smaller lanes or a smaller arena",
                cause);
    }
}

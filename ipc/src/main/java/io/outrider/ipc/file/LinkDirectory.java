package io.outrider.ipc.file;

import io.outrider.error.StorageException;
import io.outrider.transport.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The directory of one link and the names in it. Made by the owner, all or nothing; blocks on the file system.
 *
 * <pre>
 *   status                  the words of {@link io.outrider.transport.LinkStatus}
 *   arena                   blocks, see {@code ArenaDescriptor}
 *   call.ring, reply.ring   the lanes of the ring transport
 *   slots                   the direct slots of the ring transport
 *   call/, reply/           the lanes of the queue transport, with their cycle files
 * </pre>
 *
 * @param path where the files of the link are
 */
public record LinkDirectory(Path path) {
    /**
     * The file of the status words.
     *
     * @return its path
     */
    public Path status() {
        return path.resolve("status");
    }

    /**
     * The file of the arena.
     *
     * @return its path
     */
    public Path arena() {
        return path.resolve("arena");
    }

    /**
     * The file of the direct slots.
     *
     * @return its path
     */
    public Path slots() {
        return path.resolve("slots");
    }

    /**
     * The lane on which a side writes.
     *
     * @param writer the side that writes
     * @param suffix what the transport adds to the name
     * @return the path of a file or directory
     */
    public Path lane(final Side writer, final String suffix) {
        return path.resolve((writer == Side.CLIENT ? "call" : "reply") + suffix);
    }

    /**
     * Makes the directory, if need be, and what belongs into it. If the content can't be made, all that is in the directory
     * goes again: it belongs to this link alone.
     *
     * @param neededBytes what the content takes
     * @param content makes it
     * @throws StorageException if there is no room; nothing is left
     */
    public void create(final long neededBytes, final Runnable content) {
        final boolean existed = Files.exists(path);
        try {
            makePrivate(path);
            Allocation.requireSpace(path, neededBytes);
            content.run();
        } catch (final RuntimeException | Error e) {
            discard(existed, e);
            throw e;
        }
    }

    /**
     * Makes a directory that only its user may enter, with its parents.
     *
     * @param directory may exist
     * @throws StorageException if it can't be made
     */
    public static void makePrivate(final Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (final IOException e) {
            throw new StorageException("could not make the directory " + directory + ": " + e, e);
        }
    }

    private void discard(final boolean keepDirectory, final Throwable cause) {
        try (Stream<Path> tree = Files.walk(path)) {
            tree.sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                    .filter(each -> !keepDirectory || !each.equals(path))
                    .forEach(each -> each.toFile().delete());
        } catch (final IOException e) {
            cause.addSuppressed(e);
        }
    }
}

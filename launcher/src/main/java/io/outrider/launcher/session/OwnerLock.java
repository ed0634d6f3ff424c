package io.outrider.launcher.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that its owner holds locked for as long as it lives; the kernel lets go of it with the process. Unlike a pid, this
 * can be seen from another container that shares the memory. For one thread.
 */
final class OwnerLock implements AutoCloseable {
    static final String NAME = "owner.lock";

    private final FileChannel channel;

    private OwnerLock(final FileChannel channel) {
        this.channel = channel;
    }

    static OwnerLock take(final Path directory) throws IOException {
        final FileChannel channel = FileChannel.open(
                directory.resolve(NAME),
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.tryLock() == null) {
                throw new IOException(directory.resolve(NAME) + " is locked by another process, though just made");
            }
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
        return new OwnerLock(channel);
    }

    /** Whether somebody holds the lock of a directory; false if there is no lock. */
    static boolean isHeld(final Path directory) throws IOException {
        final Path file = directory.resolve(NAME);
        if (Files.notExists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (final OverlappingFileLockException ours) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.outrider.launcher.session;

import io.outrider.error.AuthenticationException;
import io.outrider.error.StorageException;
import io.outrider.launcher.jvm.LauncherProperties;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds all sessions of one user: {@code <base>/outrider-<uid>}. Its parent may be writable for anybody, so
 * what is found there is trusted only if it is a directory, no link, ours and private. Stateless, safe from any thread.
 */
public final class UserDirectory {
    static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private UserDirectory() {}

    /**
     * The base directory.
     *
     * @param configured by the user, or null
     * @return that, else {@code /dev/shm}, or where there is none the directory for temporary files; with links resolved
     * @throws StorageException if it is not there
     */
    public static Path base(final @Nullable Path configured) {
        final Path base;
        if (configured != null) {
            base = configured;
        } else {
            final boolean shared = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY);
            base = shared ? SHARED_MEMORY : LauncherProperties.temporaryDirectory();
        }
        try {
            return base.toRealPath();
        } catch (final IOException e) {
            throw new StorageException(
                    "the base directory " + base + " can't be used: " + e + "; set baseDirectory", e);
        }
    }

    /**
     * The path, whether it exists or not.
     *
     * @param base under which it is
     * @return the path
     */
    public static Path of(final Path base) {
        return base.resolve("outrider-" + uid());
    }

    /**
     * Makes the directory if it does not exist.
     *
     * @param base under which it is
     * @return the directory
     * @throws AuthenticationException if what is there can't be trusted
     * @throws IOException if it can't be made
     */
    static Path open(final Path base) throws IOException {
        final Path directory = of(base);
        try {
            Files.createDirectory(directory, PRIVATE);
        } catch (final FileAlreadyExistsException e) {
            verify(directory);
        }
        return directory;
    }

    /**
     * Trusts a directory, or not.
     *
     * @param directory that was found
     * @throws AuthenticationException if it is a link, another user's or open to others
     * @throws IOException if it can't be looked at
     */
    static void verify(final Path directory) throws IOException {
        final PosixFileAttributes found =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        final Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        final String why;
        if (!found.isDirectory()) {
            why = found.isSymbolicLink() ? "is a symbolic link" : "is no directory";
        } else if ((int) owner != uid()) {
            why = "belongs to " + found.owner().getName();
        } else if (!found.permissions().equals(PRIVATE.value())) {
            why = "has the permissions " + PosixFilePermissions.toString(found.permissions()) + " instead of rwx------";
        } else {
            return;
        }
        throw new AuthenticationException("sessions can't be kept in " + directory + ", which " + why
                + ": somebody may have put it there. Remove it, or set baseDirectory");
    }

    /**
     * The user id of this process.
     *
     * @return as the operating system counts
     * @throws StorageException if it can't be found
     */
    public static int uid() {
        final Path self = Path.of("/proc/self");
        final Path ours = Files.isDirectory(self) ? self : LauncherProperties.home();
        try {
            return (int) Files.getAttribute(ours, "unix:uid");
        } catch (final IOException | UnsupportedOperationException e) {
            throw new StorageException("the user id of this process can't be found: " + e, e);
        }
    }
}

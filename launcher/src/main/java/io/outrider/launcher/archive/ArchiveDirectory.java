package io.outrider.launcher.archive;

import io.outrider.launcher.jvm.LauncherProperties;
import io.outrider.launcher.session.UserDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where archives are kept between runs, private to the user. Safe from any thread and beside other processes; blocks on files.
 *
 * <pre>
 *   3f0c5e...-b71000.jsa      an archive, its name tells its length; its time is that of its last use
 *   3f0c5e....jsa.making      held locked by the process that makes it, and left by none
 *   3f0c5e....jsa.part        what is made so far, renamed when it is whole
 * </pre>
 *
 * A JVM that maps an archive which was cut short since, by a full disk or a crash of the system, dies of it: hence the length.
 */
final class ArchiveDirectory {
    /** How many archives are kept; of others those that were used longest ago go. */
    static final int MAX_ARCHIVES = 16;

    private static final char LENGTH = '-';
    private static final String LOCK_SUFFIX = ".making";
    private static final String PART_SUFFIX = ".part";

    private final Path path;

    private ArchiveDirectory(final Path path) {
        this.path = path;
    }

    /**
     * Opens the directory, making it if need be.
     *
     * @param configured by the user, or null
     * @return the directory
     * @throws IOException if it can't be made, or if others could have put something there: it is run as code
     */
    static ArchiveDirectory open(final @Nullable Path configured) throws IOException {
        final Path path = configured == null ? byDefault() : configured.toAbsolutePath();
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if ((int) Files.getAttribute(path, "unix:uid") != UserDirectory.uid()
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(path + " belongs to another user, or others may write to it");
        }
        return new ArchiveDirectory(path);
    }

    private static Path byDefault() {
        return LauncherProperties.cacheDirectory().resolve("outrider");
    }

    /** The archive of a key, if it is there; from now on it counts as used. One that is not as long as it was is deleted. */
    Optional<Path> use(final String key, final String suffix) throws IOException {
        for (final Path file : list(path)) {
            final String name = String.valueOf(file.getFileName());
            if (name.startsWith(key + LENGTH) && name.endsWith(suffix) && Files.isReadable(file)) {
                if (name.equals(name(key, Files.size(file), suffix))) {
                    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
                    return Optional.of(file);
                }
                Files.deleteIfExists(file);
            }
        }
        return Optional.empty();
    }

    private static String name(final String key, final long length, final String suffix) {
        return key + LENGTH + Long.toHexString(length) + suffix;
    }

    /** The right to make one archive, until it is closed. For one thread. */
    static final class Making implements AutoCloseable {
        private final Path directory;
        private final String key;
        private final String suffix;
        private final Path lock;
        private final FileChannel channel;

        private Making(
                final Path directory,
                final String key,
                final String suffix,
                final Path lock,
                final FileChannel channel) {
            this.directory = directory;
            this.key = key;
            this.suffix = suffix;
            this.lock = lock;
            this.channel = channel;
        }

        /** What to write. */
        Path part() {
            return directory.resolve(key + suffix + PART_SUFFIX);
        }

        /** Says that what was written is whole; returns where it is from now on. */
        Path publish() throws IOException {
            Files.setPosixFilePermissions(part(), PosixFilePermissions.fromString("rw-------"));
            final Path file = directory.resolve(name(key, Files.size(part()), suffix));
            return Files.move(part(), file, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
            try {
                deleteParts();
                Files.deleteIfExists(lock);
            } finally {
                channel.close();
            }
        }

        /** A JVM that makes a cache has files of its own beside it, named after it. */
        private void deleteParts() throws IOException {
            final String prefix = part().getFileName().toString();
            for (final Path each : list(directory)) {
                if (String.valueOf(each.getFileName()).startsWith(prefix)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /**
     * Begins to make an archive.
     *
     * @param key of its workers
     * @param suffix of its kind
     * @return the right to do so, or nothing if another has it
     * @throws IOException if nothing can be written there
     */
    Optional<Making> make(final String key, final String suffix) throws IOException {
        final Path lock = path.resolve(key + suffix + LOCK_SUFFIX);
        final FileChannel channel = FileChannel.open(
                lock,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
            return mine ? Optional.of(new Making(path, key, suffix, lock, channel)) : Optional.empty();
        } catch (final OverlappingFileLockException inThisProcess) {
            return Optional.empty();
        } finally {
            if (!mine) {
                channel.close();
            }
        }
    }

    /** Deletes what was used longest ago, beyond what is kept. */
    void prune() throws IOException {
        final List<Path> archives = list(path).stream()
                .filter(each -> each.toString().endsWith(ArchiveKind.DYNAMIC.suffix())
                        || each.toString().endsWith(ArchiveKind.AOT_CACHE.suffix()))
                .sorted(Comparator.comparing(ArchiveDirectory::usedAt).reversed())
                .toList();
        for (final Path old : archives.subList(Math.min(MAX_ARCHIVES, archives.size()), archives.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static FileTime usedAt(final Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (final IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static List<Path> list(final Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

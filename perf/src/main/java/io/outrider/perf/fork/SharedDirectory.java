package io.outrider.perf.fork;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A private directory in shared memory, deleted when closed and, failing that, when this JVM ends. */
public final class SharedDirectory implements AutoCloseable {
    /** How the names of this process's directories begin: shortly, since the paths of sockets in them may have 103 bytes. */
    public static final String PREFIX = "perf-" + ProcessHandle.current().pid() + "-";

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path path;
    private final Thread atExit = new Thread(this::delete, "delete-shared-directory");

    private SharedDirectory(final Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Makes one, in {@code /dev/shm} where there is one.
     *
     * @return the directory
     * @throws IOException if it can't be made
     */
    public static SharedDirectory create() throws IOException {
        final Path base = Files.isWritable(SHARED_MEMORY)
                ? SHARED_MEMORY
                : Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        return new SharedDirectory(Files.createTempDirectory(
                base, PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    /**
     * Where it is.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void delete() {
        final List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        } catch (final NoSuchFileException gone) {
            return;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        for (final Path file : deepestFirst) {
            try {
                Files.deleteIfExists(file);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

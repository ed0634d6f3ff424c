package io.outrider.launcher.session;

import io.outrider.error.StorageException;
import io.outrider.telemetry.Log;
import io.outrider.transport.ProcessIdentity;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The private directory of one executor, {@code <base>/outrider-<uid>/<pid>-<start>/<n>}: 0700, deleted with all that is in it
 * when it closes, and by the next launcher if this one dies. Several executors of one launcher have numbers of their own.
 * Safe from any thread; blocks on file operations only.
 */
public final class SessionDirectory implements AutoCloseable {
    private static final Log LOG = Log.of(SessionDirectory.class);
    private static final int ATTEMPTS = 1000;

    private final Path user;
    private final Path process;
    private final Path path;
    private final OwnerLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SessionDirectory(final Path user, final Path process, final Path path) throws IOException {
        this.user = user;
        this.process = process;
        this.path = path;
        this.lock = OwnerLock.take(path);
    }

    /**
     * Makes the directory, after deleting what dead launchers left beside it.
     *
     * @param base under which to make it, or null for the default; see {@link UserDirectory#base}
     * @return the directory, for the caller to close
     * @throws StorageException if it can't be made
     * @throws io.outrider.error.AuthenticationException if what is there already can't be trusted
     */
    public static SessionDirectory create(final @Nullable Path base) {
        final Path root = UserDirectory.base(base);
        sweep(root);
        final String process = ProcessIdentity.current().toString();
        try {
            return create(root, process);
        } catch (final IOException e) {
            throw new StorageException("no session directory can be made under " + root + ": " + e, e);
        }
    }

    /** What can't be deleted now may be later; it is no reason not to start. */
    private static void sweep(final Path root) {
        try {
            final int swept = SessionSweep.under(root).run();
            if (swept > 0) {
                LOG.info("deleted {} sessions that dead launchers left under {}", swept, root);
            }
        } catch (final StorageException e) {
            LOG.warn("what dead launchers left can't be deleted: {}", e.getMessage());
        }
    }

    private static SessionDirectory create(final Path base, final String process) throws IOException {
        int number = 0;
        // Another executor that closes removes parents that are empty, and may do so between two of these steps.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                final Path user = UserDirectory.open(base);
                final Path parent = user.resolve(process);
                makeIfAbsent(parent);
                final Path path =
                        Files.createDirectory(parent.resolve(Integer.toString(number)), UserDirectory.PRIVATE);
                return new SessionDirectory(user, parent, path);
            } catch (final FileAlreadyExistsException taken) {
                number++;
            } catch (final NoSuchFileException removed) {
                LOG.debug("the session's parent went before the session was there: {}", removed.getMessage());
            }
        }
        throw new IOException("gave up after " + ATTEMPTS + " attempts");
    }

    private static void makeIfAbsent(final Path directory) throws IOException {
        try {
            Files.createDirectory(directory, UserDirectory.PRIVATE);
        } catch (final FileAlreadyExistsException e) {
            UserDirectory.verify(directory);
        }
    }

    /**
     * The directory.
     *
     * @return an absolute path without links
     */
    public Path path() {
        return path;
    }

    /**
     * Makes the directory of one process of a worker.
     *
     * @param workerId the worker
     * @param incarnation which process of it
     * @return the directory, empty and private
     * @throws StorageException if it can't be made
     */
    public Path makeWorkerDirectory(final int workerId, final int incarnation) {
        // Never the same twice, since it is part of an address that may outlive the worker.
        final String unique = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        final Path directory = path.resolve("w" + workerId + "-" + incarnation + "-" + unique);
        try {
            return Files.createDirectory(directory, UserDirectory.PRIVATE);
        } catch (final IOException e) {
            throw new StorageException("the worker's directory can't be made: " + e, e);
        }
    }

    /**
     * Deletes the directory, and its parents where this was the last one in them. Idempotent.
     *
     * @throws StorageException if something stays
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            Trees.delete(path);
            lock.close();
            deleteIfEmpty(process);
            deleteIfEmpty(user);
        } catch (final IOException e) {
            throw new StorageException("the session directory " + path + " can't be deleted whole: " + e, e);
        }
    }

    static void deleteIfEmpty(final Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (final DirectoryNotEmptyException inUse) {
            // Another executor's, which will remove it.
            return;
        }
    }
}

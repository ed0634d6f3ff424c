package io.outrider.launcher.session;

import io.outrider.error.StorageException;
import io.outrider.transport.ProcessIdentity;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds and deletes what dead launchers of this user left. A session is dead when no process has its owner's pid and start
 * time <i>and</i> nobody holds its lock: either sign of life keeps it. Safe from any thread and beside other sweepers: who
 * renames a session deletes it. Blocks on file operations only.
 */
public final class SessionSweep {
    private static final String CLAIMED = "swept-";
    /** A session without a lock may be one that is just being made where its owner's pid can't be seen. */
    private static final Duration BEING_MADE = Duration.ofMinutes(1);

    private final Path directory;

    private SessionSweep(final Path directory) {
        this.directory = directory;
    }

    /**
     * Looks at the sessions of this user.
     *
     * @param base under which they are, or null for the default; see {@link UserDirectory#base}
     * @return to be asked; nothing has been touched
     */
    public static SessionSweep under(final @Nullable Path base) {
        return new SessionSweep(UserDirectory.of(UserDirectory.base(base)));
    }

    /**
     * The sessions whose owners are gone.
     *
     * @return their directories, empty if none
     * @throws StorageException if they can't be read
     * @throws io.outrider.error.AuthenticationException if what is there can't be trusted
     */
    public List<Path> dead() {
        final List<Path> dead = new ArrayList<>();
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return dead;
        }
        try {
            UserDirectory.verify(directory);
            try (DirectoryStream<Path> sessions = Files.newDirectoryStream(directory)) {
                for (final Path session : sessions) {
                    if (isDead(session)) {
                        dead.add(session);
                    }
                }
            }
        } catch (final NoSuchFileException gone) {
            return dead;
        } catch (final IOException e) {
            throw new StorageException("the sessions in " + directory + " can't be read: " + e, e);
        }
        return dead;
    }

    /**
     * Deletes the sessions whose owners are gone.
     *
     * @return how many this call deleted; another sweeper may have had others
     * @throws StorageException if one can't be deleted
     */
    public int run() {
        int swept = 0;
        for (final Path session : dead()) {
            try {
                if (claimAndDelete(session)) {
                    swept++;
                }
                SessionDirectory.deleteIfEmpty(directory);
            } catch (final IOException e) {
                throw new StorageException("the dead session " + session + " can't be deleted: " + e, e);
            }
        }
        return swept;
    }

    private static boolean isDead(final Path session) throws IOException {
        final String name = String.valueOf(session.getFileName());
        if (name.startsWith(CLAIMED)) {
            // Its sweeper died too, or is at work; to delete beside it does no harm.
            return true;
        }
        final Optional<ProcessIdentity> owner = ProcessIdentity.parse(name);
        return owner.isPresent() && !owner.get().isAlive() && !isLocked(session);
    }

    /** Whether somebody still holds the lock of one of the session's executors, or may be about to take it. */
    private static boolean isLocked(final Path session) throws IOException {
        boolean any = false;
        try (DirectoryStream<Path> executors = Files.newDirectoryStream(session)) {
            for (final Path executor : executors) {
                if (OwnerLock.isHeld(executor)) {
                    return true;
                }
                any |= Files.exists(executor.resolve(OwnerLock.NAME));
            }
            final Instant modified = Files.getLastModifiedTime(session).toInstant();
            return !any && modified.isAfter(Instant.now().minus(BEING_MADE));
        } catch (final NoSuchFileException | NotDirectoryException gone) {
            return false;
        }
    }

    private boolean claimAndDelete(final Path session) throws IOException {
        final String name = String.valueOf(session.getFileName());
        Path claimed = session;
        if (!name.startsWith(CLAIMED)) {
            claimed = directory.resolve(CLAIMED + ProcessHandle.current().pid() + "-" + name);
            try {
                Files.move(session, claimed, StandardCopyOption.ATOMIC_MOVE);
            } catch (final NoSuchFileException other) {
                return false;
            } catch (final AtomicMoveNotSupportedException e) {
                claimed = session;
            }
        }
        Trees.delete(claimed);
        return true;
    }
}

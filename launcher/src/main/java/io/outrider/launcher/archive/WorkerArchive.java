package io.outrider.launcher.archive;

import io.outrider.config.OutriderConfig;
import io.outrider.error.OutriderException;
import io.outrider.launcher.jvm.JvmEnvironment;
import io.outrider.launcher.process.LaunchOptions;
import io.outrider.launcher.process.WorkerCommand;
import io.outrider.telemetry.Log;
import io.outrider.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The archive of class data that the workers of an executor share, if they can have one. Whatever stands against it is logged for
 * debugging and is no failure. Immutable, safe from any thread; blocks on files.
 */
public final class WorkerArchive {
    private static final Log LOG = Log.of(WorkerArchive.class);
    private static final List<Path> NICE = List.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"));
    private static final WorkerArchive NONE = new WorkerArchive(null, "", ArchiveKind.DYNAMIC, null);

    private final @Nullable ArchiveDirectory directory;
    private final String key;
    private final ArchiveKind kind;
    private final @Nullable Path file;

    private WorkerArchive(
            final @Nullable ArchiveDirectory directory,
            final String key,
            final ArchiveKind kind,
            final @Nullable Path file) {
        this.directory = directory;
        this.key = key;
        this.kind = kind;
        this.file = file;
    }

    /**
     * Looks for the archive of such workers.
     *
     * @param config of the executor
     * @param session where their directories will be
     * @return what there is
     */
    public static WorkerArchive find(final OutriderConfig config, final Path session) {
        // Arguments that the user gives in the environment may be agents, and are not seen below.
        if (!config.start().archive()
                || !Collections.disjoint(config.worker().environment().keySet(), JvmEnvironment.DROPPED)) {
            return NONE;
        }
        try {
            final WorkerCommand command =
                    WorkerCommand.of(config, session, WorkerMain.class.getName(), LaunchOptions.NONE);
            final Optional<String> key = ArchiveKey.of(command, config.link().transport());
            if (key.isEmpty()) {
                LOG.debug("workers run without an archive of class data: their JVM or their class path can have none");
                return NONE;
            }
            final ArchiveKind kind = ArchiveKind.of(command.java());
            final ArchiveDirectory directory =
                    ArchiveDirectory.open(config.start().archiveDirectory());
            final Optional<Path> file = directory.use(key.get(), kind.suffix());
            return new WorkerArchive(directory, key.get(), kind, file.orElse(null));
        } catch (final IOException | OutriderException e) {
            LOG.debug("workers run without an archive of class data", e);
            return NONE;
        }
    }

    /**
     * How to start a worker with the archive.
     *
     * @return options that say so, or none if it is not there
     */
    public LaunchOptions options() {
        return file != null ? new LaunchOptions(List.of(), kind.useFlags(file)) : LaunchOptions.NONE;
    }

    /**
     * Whether the archive can be made and has not been.
     *
     * @return true if it is worth a {@link #make}
     */
    public boolean isMissing() {
        return directory != null && file == null;
    }

    /** Runs a worker until it has ended. */
    @FunctionalInterface
    public interface Training {
        /**
         * Runs it.
         *
         * @param options with which its JVM makes the archive
         * @return whether it ended well
         */
        boolean run(LaunchOptions options);
    }

    /**
     * Makes the archive, unless another process is at it. Blocks for some seconds.
     *
     * @param training runs a worker and ends it, of low priority
     */
    public void make(final Training training) {
        final ArchiveDirectory home = directory;
        if (home == null) {
            return;
        }
        try {
            final Optional<ArchiveDirectory.Making> right = home.make(key, kind.suffix());
            if (right.isEmpty()) {
                LOG.debug("archive {} is being made by somebody else", key);
                return;
            }
            try (ArchiveDirectory.Making making = right.get()) {
                make(home, making, training);
            }
        } catch (final IOException | OutriderException e) {
            LOG.debug("archive {} could not be made", key, e);
        }
    }

    private void make(final ArchiveDirectory home, final ArchiveDirectory.Making making, final Training training)
            throws IOException {
        final Path part = making.part();
        Files.deleteIfExists(part); // of one that was killed
        final List<String> nice = NICE.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> List.of(path.toString(), "-n", "19"))
                .orElse(List.of());
        final boolean ended = training.run(new LaunchOptions(nice, kind.makeFlags(part)));
        if (ended && Files.isReadable(part) && Files.size(part) > 0) {
            LOG.debug("made {}", making.publish());
            home.prune();
        } else {
            LOG.debug("archive {} was not made: its JVM {}", key, ended ? "wrote none" : "did not end by itself");
        }
    }
}

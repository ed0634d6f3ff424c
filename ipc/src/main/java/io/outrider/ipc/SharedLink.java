package io.outrider.ipc;

import io.outrider.error.StorageException;
import io.outrider.ipc.arena.MappedArena;
import io.outrider.ipc.file.Allocation;
import io.outrider.ipc.file.LinkDirectory;
import io.outrider.ipc.file.MappedFile;
import io.outrider.transport.BufferArena;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import io.outrider.transport.Subscription;
import org.agrona.CloseHelper;

/**
 * One side of a link over shared files: what is common to all transports, namely status and arena, around the lanes that
 * one transport brings. Its thread contract and what a dead peer means are those of {@link Link}.
 */
public final class SharedLink implements Link {
    private static final int STATUS_BYTES = Allocation.PAGE;

    /**
     * What a transport adds to a link.
     *
     * @param publication where this side writes
     * @param subscription where this side reads
     * @param directSlots beside the lanes
     * @param resources closes all: first keeps everybody out, then unmaps
     */
    public record Lanes(
            Publication publication, Subscription subscription, DirectSlots directSlots, AutoCloseable resources) {}

    /** How a transport opens its lanes. */
    @FunctionalInterface
    public interface LaneOpener {
        /**
         * Opens the two lanes of a side.
         *
         * @param status what both sides see besides the lanes
         * @return the open lanes
         */
        Lanes open(LinkStatus status);
    }

    private final LinkSpec spec;
    private final MappedFile statusFile;
    private final LinkStatus status;
    private final MappedArena arena;
    private final Lanes lanes;
    private boolean closed;

    private SharedLink(
            final LinkSpec spec,
            final MappedFile statusFile,
            final LinkStatus status,
            final MappedArena arena,
            final Lanes lanes) {
        this.spec = spec;
        this.statusFile = statusFile;
        this.status = status;
        this.arena = arena;
        this.lanes = lanes;
    }

    /**
     * What status and arena take from the start.
     *
     * @return bytes
     */
    public static long requiredBytes() {
        return STATUS_BYTES + MappedArena.requiredBytes();
    }

    /**
     * Makes the files of status and arena.
     *
     * @param spec the link to be
     * @throws StorageException if the memory can't be had
     */
    public static void createFiles(final LinkSpec spec) {
        final LinkDirectory directory = new LinkDirectory(spec.directory());
        MappedArena.create(directory.arena(), spec.arenaBytes());
        Allocation.create(directory.status(), STATUS_BYTES);
        try (MappedFile file = new MappedFile(directory.status(), STATUS_BYTES)) {
            new LinkStatus(file.buffer()).initialize();
        }
    }

    /**
     * Opens one side.
     *
     * @param spec as the link was created with
     * @param side which end this process is
     * @param opener brings the lanes
     * @return the open link
     * @throws StorageException if the files are not those of such a link; nothing stays open
     */
    public static SharedLink open(final LinkSpec spec, final Side side, final LaneOpener opener) {
        final LinkDirectory directory = new LinkDirectory(spec.directory());
        final MappedFile statusFile = new MappedFile(directory.status(), STATUS_BYTES);
        MappedArena arena = null;
        try {
            final LinkStatus status = new LinkStatus(statusFile.buffer());
            if (!status.isReady()) {
                throw new StorageException(directory.status() + " is not the status of a link of this version");
            }
            arena = new MappedArena(directory.arena(), spec.arenaBytes(), side);
            return new SharedLink(spec, statusFile, status, arena, opener.open(status));
        } catch (final RuntimeException | Error e) {
            CloseHelper.quietCloseAll(arena, statusFile);
            throw e;
        }
    }

    @Override
    public LinkSpec spec() {
        return spec;
    }

    @Override
    public Publication publication() {
        return lanes.publication();
    }

    @Override
    public Subscription subscription() {
        return lanes.subscription();
    }

    @Override
    public DirectSlots directSlots() {
        return lanes.directSlots();
    }

    @Override
    public BufferArena arena() {
        return arena;
    }

    @Override
    public LinkStatus status() {
        return status;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            CloseHelper.closeAll(lanes.resources(), arena, statusFile);
        }
    }
}

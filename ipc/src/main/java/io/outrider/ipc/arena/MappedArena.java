package io.outrider.ipc.arena;

import static io.outrider.ipc.arena.ArenaDescriptor.LOANED;
import static io.outrider.ipc.arena.ArenaDescriptor.OPENED;
import static io.outrider.ipc.arena.ArenaDescriptor.RETURNED;
import static io.outrider.ipc.arena.ArenaDescriptor.word;

import io.outrider.error.StorageException;
import io.outrider.ipc.file.Allocation;
import io.outrider.ipc.file.MappedFile;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The arena of one side of a link, in a sparse file that both sides map; the layout is that of {@link ArenaDescriptor}. Safe
 * from any thread. Loans, and the release of a loan that was not handed over, take a lock of this process and wait for the
 * file system when memory is used for the first time; opening and releasing a block of the peer is one compare-and-set. A
 * peer's death changes nothing here: what it had opened stays taken until the link is closed.
 */
public final class MappedArena implements BufferArena, AutoCloseable {
    private final MappedFile headerFile;
    private final MappedFile ownRegion;
    private final MappedFile peerRegion;
    private final UnsafeBuffer header;
    private final Side side;
    private final Side peer;
    private final long regionBytes;
    private final LoanTable loans;
    private volatile boolean closed;

    /**
     * Opens one side of an arena.
     *
     * @param path of a file made by {@link #create}
     * @param regionBytes what one side may loan, as given to {@link #create}
     * @param side which end this process is
     * @throws StorageException if the file is not such an arena; nothing stays open
     */
    public MappedArena(final Path path, final long regionBytes, final Side side) {
        this.side = side;
        this.peer = side.peer();
        this.regionBytes = regionBytes;
        final List<AutoCloseable> opened = new ArrayList<>();
        try {
            headerFile = track(opened, new MappedFile(path, ArenaDescriptor.headerBytes()));
            header = headerFile.buffer();
            verify(path);
            ownRegion = track(opened, mapRegion(path, side));
            peerRegion = track(opened, mapRegion(path, peer));
            loans = new LoanTable(
                    header, side, regionBytes, new RegionMemory(path, ArenaDescriptor.regionOffset(side, regionBytes)));
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(opened);
            throw e;
        }
    }

    /**
     * What an arena takes from the start; its regions take memory as it is needed.
     *
     * @return bytes
     */
    public static long requiredBytes() {
        return ArenaDescriptor.headerBytes();
    }

    /**
     * Makes the file of an arena, with the memory of its header taken and the rest sparse.
     *
     * @param path must not exist
     * @param regionBytes what one side may loan, a power of two
     * @throws StorageException if the memory can't be had; no file is left
     */
    public static void create(final Path path, final long regionBytes) {
        Allocation.createSparse(path, ArenaDescriptor.fileBytes(regionBytes), ArenaDescriptor.headerBytes());
        try (MappedFile file = new MappedFile(path, ArenaDescriptor.headerBytes())) {
            final UnsafeBuffer header = file.buffer();
            header.putInt(ArenaDescriptor.VERSION_OFFSET, ArenaDescriptor.VERSION);
            header.putLong(ArenaDescriptor.REGION_BYTES_OFFSET, regionBytes);
            header.putInt(ArenaDescriptor.ENTRIES_OFFSET, ArenaDescriptor.ENTRIES);
            // Pairs with the volatile load of whoever opens the file: the magic says that the rest is there.
            header.putIntRelease(ArenaDescriptor.MAGIC_OFFSET, ArenaDescriptor.MAGIC);
        }
    }

    @Override
    public int maxBlockLength() {
        return (int) Math.min(regionBytes, MappedFile.PIECE);
    }

    @Override
    public int tryLoan(final int length, final ArenaBlock block) {
        if (length <= 0 || length > maxBlockLength()) {
            return BAD_LENGTH;
        }
        if (closed) {
            return CLOSED;
        }
        final long handle = loans.tryLoan(length);
        if (handle == LoanTable.NONE) {
            return BACK_PRESSURED;
        }
        final long offset = header.getLong(ArenaDescriptor.blockOffset(side, ArenaDescriptor.entry(handle)));
        block.set(handle, ownRegion.address(offset), length);
        return OK;
    }

    @Override
    public int open(final long handle, final int length, final ArenaBlock block) {
        if (closed) {
            return CLOSED;
        }
        final int entry = ArenaDescriptor.entry(handle);
        if (ArenaDescriptor.owner(handle) != peer || entry >= ArenaDescriptor.ENTRIES) {
            return STALE;
        }
        final int generation = ArenaDescriptor.generation(handle);
        final int stateOffset = ArenaDescriptor.stateOffset(peer, entry);
        // Pairs with the release store of the loan: offset and length below are then of this generation, as long as the
        // compare-and-set still finds it.
        if (header.getLongVolatile(stateOffset) != word(generation, LOANED)) {
            return STALE;
        }
        final long offset = header.getLong(ArenaDescriptor.blockOffset(peer, entry));
        final boolean valid =
                header.getInt(ArenaDescriptor.lengthOffset(peer, entry)) == length && isContiguous(offset, length);
        if (!valid || !header.compareAndSetLong(stateOffset, word(generation, LOANED), word(generation, OPENED))) {
            return STALE;
        }
        block.set(handle, peerRegion.address(offset), length);
        return OK;
    }

    @Override
    public int release(final ArenaBlock block) {
        final long handle = block.handle();
        block.clear();
        if (closed) {
            return CLOSED;
        }
        final int entry = ArenaDescriptor.entry(handle);
        final int generation = ArenaDescriptor.generation(handle);
        if (generation == 0 || entry >= ArenaDescriptor.ENTRIES) {
            return STALE;
        }
        if (ArenaDescriptor.owner(handle) == side) {
            return loans.release(entry, generation) ? OK : STALE;
        }
        // Pairs with the volatile load in LoanTable: all that was read from the block happens-before it is loaned
        // again.
        return header.compareAndSetLong(
                        ArenaDescriptor.stateOffset(peer, entry), word(generation, OPENED), word(generation, RETURNED))
                ? OK
                : STALE;
    }

    @Override
    public void close() {
        closed = true;
        CloseHelper.closeAll(loans, ownRegion, peerRegion, headerFile);
    }

    private void verify(final Path path) {
        if (header.getIntVolatile(ArenaDescriptor.MAGIC_OFFSET) != ArenaDescriptor.MAGIC
                || header.getInt(ArenaDescriptor.VERSION_OFFSET) != ArenaDescriptor.VERSION
                || header.getLong(ArenaDescriptor.REGION_BYTES_OFFSET) != regionBytes
                || header.getInt(ArenaDescriptor.ENTRIES_OFFSET) != ArenaDescriptor.ENTRIES) {
            throw new StorageException(path + " is not an arena of this version with " + regionBytes + " bytes a side");
        }
    }

    private MappedFile mapRegion(final Path path, final Side owner) {
        return new MappedFile(path, ArenaDescriptor.regionOffset(owner, regionBytes), regionBytes);
    }

    /** Whether a range that the peer names lies in its region, as one piece of this process's memory. */
    private boolean isContiguous(final long offset, final int length) {
        return length > 0
                && offset >= 0
                && offset <= regionBytes - length
                && offset / MappedFile.PIECE == (offset + length - 1) / MappedFile.PIECE;
    }

    private static <T extends AutoCloseable> T track(final List<AutoCloseable> opened, final T resource) {
        opened.add(resource);
        return resource;
    }
}

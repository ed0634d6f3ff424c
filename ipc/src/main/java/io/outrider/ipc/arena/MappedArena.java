package io.outrider.ipc.arena;

import static io.outrider.ipc.arena.ArenaDescriptor.FREE;
import static io.outrider.ipc.arena.ArenaDescriptor.word;

import io.outrider.error.StorageException;
import io.outrider.ipc.file.Allocation;
import io.outrider.ipc.file.MappedFile;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Side;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The arena of one side of a link, in a sparse file that both sides map; the layout is that of {@link ArenaDescriptor}. Safe
 * from any thread. Loans, and the release of a block of this side's own, take a lock of this process, and a loan waits for
 * the file system when memory is used for the first time; opening a block changes nothing that the peer reads,
 * and releasing one of the peer's is one compare-and-set. A peer's death changes nothing here: what it held stays taken
 * until the link is closed, and then the whole arena goes.
 */
public final class MappedArena implements BufferArena, AutoCloseable {
    private final MappedFile headerFile;
    private final MappedFile ownRegion;
    private final MappedFile peerRegion;
    private final UnsafeBuffer header;
    // Where the header is, for what each hand-over reads and writes: the entry is this side's own or isOnLoan has
    // checked it, and so the bounds.
    private final long entries;
    private final Side side;
    private final Side peer;
    private final long regionBytes;
    private final LoanTable loans;
    /** One for the link while it is open, and one for each {@link #retain}. */
    private final AtomicInteger users = new AtomicInteger(1);

    private final AtomicBoolean closing = new AtomicBoolean();
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
            header.boundsCheck(0, ArenaDescriptor.headerBytes());
            entries = header.addressOffset();
            verify(path);
            ownRegion = track(opened, mapRegion(path, side));
            peerRegion = track(opened, mapRegion(path, peer));
            loans = new LoanTable(
                    header, side, regionBytes, new RegionMemory(path, ArenaDescriptor.regionOffset(side, regionBytes)));
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(opened);
            throw e;
        }
        header.putLongRelease(
                ArenaDescriptor.pidOffset(side), ProcessHandle.current().pid());
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
    public long capacity() {
        return regionBytes;
    }

    @Override
    public int maxBlocks() {
        return ArenaDescriptor.ENTRIES;
    }

    @Override
    public long loanedBytes() {
        return closed ? 0 : loans.loanedBytes();
    }

    @Override
    public int loanedBlocks() {
        return closed ? 0 : loans.loanedBlocks();
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
        final int entry = ArenaDescriptor.entry(handle);
        countTake(handle);
        final long offset = header.getLong(ArenaDescriptor.blockOffset(side, entry));
        block.set(handle, ownRegion.address(offset), length);
        return OK;
    }

    @Override
    public int open(final long handle, final int length, final ArenaBlock block) {
        if (closed) {
            return CLOSED;
        }
        final int entry = ArenaDescriptor.entry(handle);
        if (!isOnLoan(handle, entry)) {
            return STALE;
        }
        final Side loaner = ArenaDescriptor.owner(handle);
        final long offset = header.getLong(ArenaDescriptor.blockOffset(loaner, entry));
        if (header.getInt(ArenaDescriptor.lengthOffset(loaner, entry)) != length || !isContiguous(offset, length)) {
            return STALE;
        }
        countTake(handle);
        block.set(handle, (loaner == side ? ownRegion : peerRegion).address(offset), length);
        return OK;
    }

    @Override
    public int reopen(final long handle) {
        if (closed) {
            return CLOSED;
        }
        if (!isOnLoan(handle, ArenaDescriptor.entry(handle))) {
            return STALE;
        }
        countTake(handle);
        return OK;
    }

    @Override
    public ByteBuffer byteBuffer(final long handle, final int length) {
        final Side loaner = ArenaDescriptor.owner(handle);
        final long offset = header.getLong(ArenaDescriptor.blockOffset(loaner, ArenaDescriptor.entry(handle)));
        return (loaner == side ? ownRegion : peerRegion).slice(offset, length);
    }

    @Override
    public boolean isOwn(final long handle) {
        return ArenaDescriptor.owner(handle) == side;
    }

    @Override
    public int share(final long handle, final int shares) {
        if (closed) {
            return CLOSED;
        }
        final int entry = ArenaDescriptor.entry(handle);
        while (isOnLoan(handle, entry)) {
            final int stateOffset = ArenaDescriptor.stateOffset(ArenaDescriptor.owner(handle), entry);
            final long word = header.getLongVolatile(stateOffset);
            if (shares < 1 || shares > MAX_SHARES - ArenaDescriptor.shares(word)) {
                return BAD_LENGTH;
            }
            if (ArenaDescriptor.generation(word) == ArenaDescriptor.generation(handle)
                    && header.compareAndSetLong(stateOffset, word, word + shares)) {
                return OK;
            }
        }
        return STALE;
    }

    @Override
    public int release(final long handle) {
        if (closed) {
            return CLOSED;
        }
        final int entry = ArenaDescriptor.entry(handle);
        while (isOnLoan(handle, entry)) {
            final Side loaner = ArenaDescriptor.owner(handle);
            final int stateOffset = ArenaDescriptor.stateOffset(loaner, entry);
            final long word = header.getLongVolatile(stateOffset);
            // Pairs with the volatile load in LoanTable: all that was read from the block happens-before it is loaned
            // again.
            if (isOfGeneration(word, handle) && header.compareAndSetLong(stateOffset, word, word - 1)) {
                if (loaner == side && ArenaDescriptor.shares(word) == ArenaDescriptor.LOANED) {
                    loans.collect(entry);
                }
                return OK;
            }
        }
        return STALE;
    }

    @Override
    public void retain() {
        users.incrementAndGet();
    }

    @Override
    public void letGo() {
        if (users.decrementAndGet() == 0) {
            CloseHelper.closeAll(loans, ownRegion, peerRegion, headerFile);
        }
    }

    @Override
    public void close() {
        closed = true;
        if (closing.compareAndSet(false, true)) {
            letGo();
        }
    }

    /**
     * Whether a handle names a block that is on loan. Pairs with the release store of the loan: offset and length are then of
     * this generation, for as long as somebody holds a share of it.
     */
    private boolean isOnLoan(final long handle, final int entry) {
        return entry < ArenaDescriptor.ENTRIES
                && isOfGeneration(
                        UnsafeApi.getLongVolatile(
                                null, entries + ArenaDescriptor.stateOffset(ArenaDescriptor.owner(handle), entry)),
                        handle);
    }

    private static boolean isOfGeneration(final long word, final long handle) {
        return ArenaDescriptor.generation(word) == ArenaDescriptor.generation(handle)
                && ArenaDescriptor.shares(word) > FREE;
    }

    /** Says to outside tools that this side has the block now. Of two threads that take a shared one at once, one may not be counted. */
    private void countTake(final long handle) {
        final long takes = entries
                + ArenaDescriptor.takesOffset(ArenaDescriptor.owner(handle), ArenaDescriptor.entry(handle), side);
        UnsafeApi.putLongRelease(
                null,
                takes,
                ArenaDescriptor.nextTakes(UnsafeApi.getLong(null, takes), ArenaDescriptor.generation(handle)));
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

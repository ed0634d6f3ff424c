package io.outrider.ipc.arena;

import static io.outrider.ipc.arena.ArenaDescriptor.ENTRIES;
import static io.outrider.ipc.arena.ArenaDescriptor.FREE;
import static io.outrider.ipc.arena.ArenaDescriptor.LOANED;
import static io.outrider.ipc.arena.ArenaDescriptor.word;

import io.outrider.transport.Side;
import java.io.IOException;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The loans of one side: which entries and which parts of its region are taken, kept on the heap of the process that loans.
 * Safe from any thread of it, under one lock. Of what the peer gives back only the state words tell; they are looked at when
 * the next block is loaned, a few each time and all before a loan is refused.
 */
final class LoanTable implements AutoCloseable {
    /** No entry is free, or no block that is large enough. */
    static final long NONE = 0;

    /** How many loans one loan looks at: enough to keep up with the peer, few enough to cost nothing. */
    private static final int GLANCES = 4;

    private final AtomicBuffer header;
    private final Side side;
    private final BuddyAllocator region;
    private final RegionMemory memory;
    private final int[] generations = new int[ENTRIES];
    private final long[] offsets = new long[ENTRIES];
    private final int[] lengths = new int[ENTRIES];
    /** A permutation of the entries: those on loan first, then those that are free. */
    private final int[] entries = new int[ENTRIES];

    /** Where each entry stands among them. */
    private final int[] places = new int[ENTRIES];

    private int onLoan;
    private long loanedBytes;
    private int nextGlance;

    /**
     * @param header the entries, shared with the peer
     * @param side whose loans these are
     * @param regionBytes what there is to loan
     * @param memory takes the memory behind it; closed with this table
     */
    LoanTable(final AtomicBuffer header, final Side side, final long regionBytes, final RegionMemory memory) {
        this.header = header;
        this.side = side;
        this.memory = memory;
        region = new BuddyAllocator(regionBytes);
        for (int entry = 0; entry < ENTRIES; entry++) {
            entries[entry] = entry;
            places[entry] = entry;
            // What an earlier opening of this side had on loan ended with it; the generations go on.
            generations[entry] = ArenaDescriptor.generation(header.getLongVolatile(stateOffset(entry)));
            header.putLongRelease(stateOffset(entry), word(generations[entry], FREE));
        }
    }

    /**
     * Loans a block.
     *
     * @param length in bytes, positive and at most what is contiguous
     * @return its handle, or {@link #NONE}
     * @throws io.outrider.error.StorageException if the memory behind it can't be had; nothing is loaned
     */
    synchronized long tryLoan(final int length) {
        for (int i = 0; i < GLANCES && onLoan > 0; i++) {
            nextGlance = nextGlance + 1 < onLoan ? nextGlance + 1 : 0;
            collectIfReturned(nextGlance);
        }
        long offset = allocate(length);
        if (offset == BuddyAllocator.NONE) {
            collectReturned();
            offset = allocate(length);
        }
        return offset == BuddyAllocator.NONE ? NONE : loan(offset, length);
    }

    /** Takes an entry back at once whose last share this side has given back. */
    synchronized void collect(final int entry) {
        if (places[entry] < onLoan) {
            collectIfReturned(places[entry]);
        }
    }

    synchronized int loanedBlocks() {
        collectReturned();
        return onLoan;
    }

    synchronized long loanedBytes() {
        collectReturned();
        return loanedBytes;
    }

    @Override
    public synchronized void close() throws IOException {
        memory.close();
    }

    private long allocate(final int length) {
        return onLoan == ENTRIES ? BuddyAllocator.NONE : region.allocate(length);
    }

    private long loan(final long offset, final int length) {
        boolean taken = false;
        try {
            memory.take(offset, length);
            taken = true;
        } finally {
            if (!taken) {
                region.free(offset, length);
            }
        }
        final int entry = entries[onLoan++];
        loanedBytes += length;
        final int next = generations[entry] + 1;
        final int generation = next == 0 ? 1 : next;
        generations[entry] = generation;
        offsets[entry] = offset;
        lengths[entry] = length;
        header.putLong(ArenaDescriptor.blockOffset(side, entry), offset);
        header.putInt(ArenaDescriptor.lengthOffset(side, entry), length);
        // Pairs with the volatile load in MappedArena.open: a peer that sees the new word sees offset and length too.
        header.putLongRelease(stateOffset(entry), word(generation, LOANED));
        return ArenaDescriptor.handle(side, entry, generation);
    }

    private void collectReturned() {
        for (int i = onLoan - 1; i >= 0; i--) {
            collectIfReturned(i);
        }
    }

    private void collectIfReturned(final int index) {
        final int entry = entries[index];
        // Pairs with the compare-and-set that gave it back: all was read from the block before it is filled anew.
        if (header.getLongVolatile(stateOffset(entry)) == word(generations[entry], FREE)) {
            free(index);
        }
    }

    /** Moves an entry to the free ones, and its block back to the region. */
    private void free(final int index) {
        final int entry = entries[index];
        onLoan--;
        loanedBytes -= lengths[entry];
        final int moved = entries[onLoan];
        entries[index] = moved;
        places[moved] = index;
        entries[onLoan] = entry;
        places[entry] = onLoan;
        region.free(offsets[entry], lengths[entry]);
    }

    private int stateOffset(final int entry) {
        return ArenaDescriptor.stateOffset(side, entry);
    }
}

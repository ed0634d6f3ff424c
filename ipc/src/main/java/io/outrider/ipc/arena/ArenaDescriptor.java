package io.outrider.ipc.arena;

import io.outrider.ipc.file.Allocation;
import io.outrider.transport.Side;
import org.agrona.BitUtil;

/**
 * Owner of the layout of an arena file:
 *
 * <pre>
 *   offset  0   magic (int), version (int)
 *           8   bytes of one region (long)
 *          16   entries of one side (int)
 *          24   pid of the client, then pid of the worker (long each): the incarnation whose blocks these are
 *         128   entries of the client, then entries of the worker, 192 bytes each:
 *                  0   state word (long): generation in the upper half, shares in the lower
 *                  8   offset of the block in its region (long)
 *                 16   length of the block as loaned (int)
 *                 64   takes of the client (long): generation in the upper half, in the lower how often it took the block
 *                128   takes of the worker (long), likewise
 *           n   region of the client, then region of the worker; n is a multiple of the page
 * </pre>
 *
 * A side loans only blocks of its own region, by its own entries. An entry stands on cache lines of its own, so
 * that blocks which are handed over at the same time don't slow each other. All words are little-endian, as the platforms
 * that are supported are.
 *
 * <p>The state word is all that synchronizes. The loaning side writes offset and length and then stores one share with a new
 * generation (release); whoever is handed the block reads them. Each share that is given back, by either side, is one
 * compare-and-set; the block is free when none is left:
 *
 * <pre>
 *   0 shares --loan--&gt; 1 --share--&gt; n --give back--&gt; n-1 ... --give back--&gt; 0 --found by the next loan--&gt; free
 * </pre>
 *
 * To hand a block over changes no word that the other side reads or writes: state word, offset and length then stay in the
 * caches of both sides, and the frame that carries the handle is all that crosses. The takes say to outside tools who owns a
 * block: the side that loaned it if it took it once more often than the other, and otherwise the other. Each side counts its
 * own, on a line that the other never touches; one word that both write would cross each time.
 */
final class ArenaDescriptor {
    /** Marks the file as what it is. */
    static final int MAGIC = 0x4f55_5241;
    /** The layout described above. */
    static final int VERSION = 3;

    /** Where the magic is. */
    static final int MAGIC_OFFSET = 0;
    /** Where the version is. */
    static final int VERSION_OFFSET = 4;
    /** Where the size of a region is. */
    static final int REGION_BYTES_OFFSET = 8;
    /** Where the number of entries of a side is. */
    static final int ENTRIES_OFFSET = 16;

    /** Blocks that one side may have on loan at once. */
    static final int ENTRIES = 1024;

    /** The block is given back; its entry names none. */
    static final int FREE = 0;
    /** The block has one owner. */
    static final int LOANED = 1;

    private static final int LINE = 64;
    private static final int TABLE_OFFSET = 2 * LINE;
    private static final int ENTRY = 3 * LINE;
    private static final int BLOCK_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;
    private static final int TAKES_OFFSET = LINE;
    private static final int PID_OFFSET = 24;
    private static final int WORKER_BIT = 1 << 31;

    private ArenaDescriptor() {}

    /** The bytes in front of the regions. */
    static int headerBytes() {
        return BitUtil.align(TABLE_OFFSET + Side.values().length * ENTRIES * ENTRY, Allocation.PAGE);
    }

    /** Where the region of a side begins in the file. */
    static long regionOffset(final Side side, final long regionBytes) {
        return headerBytes() + place(side) * regionBytes;
    }

    /** The bytes of the whole file. */
    static long fileBytes(final long regionBytes) {
        return headerBytes() + Side.values().length * regionBytes;
    }

    /** Where the state word of an entry is. */
    static int stateOffset(final Side owner, final int entry) {
        return TABLE_OFFSET + (place(owner) * ENTRIES + entry) * ENTRY;
    }

    /** Where an entry says where its block is. */
    static int blockOffset(final Side owner, final int entry) {
        return stateOffset(owner, entry) + BLOCK_OFFSET;
    }

    /** Where an entry says how long its block is. */
    static int lengthOffset(final Side owner, final int entry) {
        return stateOffset(owner, entry) + LENGTH_OFFSET;
    }

    /** Where an entry says how often a side took its block. */
    static int takesOffset(final Side loaner, final int entry, final Side taker) {
        return stateOffset(loaner, entry) + TAKES_OFFSET + place(taker) * LINE;
    }

    /** Where a side says which process it is. */
    static int pidOffset(final Side side) {
        return PID_OFFSET + place(side) * Long.BYTES;
    }

    /** Makes a state word. */
    static long word(final int generation, final int shares) {
        return ((long) generation << Integer.SIZE) | Integer.toUnsignedLong(shares);
    }

    /** The takes of a block once it was taken again, or for the first time in its generation. */
    static long nextTakes(final long takes, final int generation) {
        return word(generation, generation(takes) == generation ? (int) takes + 1 : 1);
    }

    /** The generation in a state word or in a handle. */
    static int generation(final long wordOrHandle) {
        return (int) (wordOrHandle >>> Integer.SIZE);
    }

    /** The shares in a state word. */
    static int shares(final long word) {
        return (int) word;
    }

    /**
     * Makes a handle: generation in the upper half; below it the side that loaned in the highest bit and the entry. Never 0,
     * as no generation is.
     */
    static long handle(final Side owner, final int entry, final int generation) {
        return word(generation, 0) | Integer.toUnsignedLong(owner == Side.WORKER ? WORKER_BIT | entry : entry);
    }

    /** The side that loaned the block of a handle. */
    static Side owner(final long handle) {
        return ((int) handle & WORKER_BIT) == 0 ? Side.CLIENT : Side.WORKER;
    }

    /** The entry in a handle; of a handle that is garbage, anything from 0 on. */
    static int entry(final long handle) {
        return (int) handle & ~WORKER_BIT;
    }

    /** The client's part comes first, in the table and of the regions. */
    private static int place(final Side side) {
        return side == Side.CLIENT ? 0 : 1;
    }
}

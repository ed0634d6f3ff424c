package io.outrider.transport;

/**
 * Blocks of shared memory for what a frame can't carry: loaned and filled by one side, handed over by the handle in a small
 * frame, read in place by the other, given back. Safe from any thread; no method blocks for the peer. A block is owned by
 * one side at a time; a handle carries a generation, so that a late or repeated release is refused and never frees
 * another's block. All loans end with the link.
 */
public interface BufferArena {
    /** The operation succeeded. */
    int OK = 0;
    /** No block is free that is large enough: the peer has not given back. Try again later. */
    int BACK_PRESSURED = -1;
    /** This side of the link was closed. */
    int CLOSED = -2;
    /** The length is larger than {@link #maxBlockLength()} or not positive; it can never be had. */
    int BAD_LENGTH = -3;
    /** The handle names no block that is handed over to this side: given back already, or garbage. */
    int STALE = -4;

    /**
     * The largest block that can be loaned.
     *
     * @return bytes
     */
    int maxBlockLength();

    /**
     * Loans a block to fill.
     *
     * @param length wanted, in bytes
     * @param block receives the loan
     * @return {@link #OK}, {@link #BACK_PRESSURED}, {@link #CLOSED} or {@link #BAD_LENGTH}
     * @throws io.outrider.error.StorageException if the memory behind it can't be had; nothing is loaned
     */
    int tryLoan(int length, ArenaBlock block);

    /**
     * Opens a block that the peer has handed over, to read it in place.
     *
     * @param handle from {@link ArenaBlock#handle()} at the peer
     * @param length in bytes, as loaned
     * @param block receives the view
     * @return {@link #OK}, {@link #CLOSED} or {@link #STALE}
     */
    int open(long handle, int length, ArenaBlock block);

    /**
     * Gives a block back: a loan that was never handed over, or one that this side opened and has read.
     *
     * @param block the block; holds nothing afterwards
     * @return {@link #OK}, {@link #CLOSED} or {@link #STALE}
     */
    int release(ArenaBlock block);
}

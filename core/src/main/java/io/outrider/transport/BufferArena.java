package io.outrider.transport;

import java.nio.ByteBuffer;

/**
 * Blocks of shared memory for what a frame can't carry: loaned and filled by one side, handed over by the handle in a small
 * frame, read in place by the other, handed on or given back. Safe from any thread; no method blocks for the peer. Who hands
 * a block over touches it no more; that is for the two sides to keep to. A handle carries a generation, so that a late or
 * repeated release is refused and never frees another's block. All blocks end with the link; their memory stays for as long
 * as a side says that it still reads some.
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
    /** The handle names no block that is on loan: given back already, or garbage. */
    int STALE = -4;

    /** The most shares that a block can have. */
    int MAX_SHARES = 1 << 15;

    /**
     * The largest block that can be loaned.
     *
     * @return bytes
     */
    int maxBlockLength();

    /**
     * What this side can loan altogether.
     *
     * @return bytes
     */
    long capacity();

    /**
     * How many blocks this side can have on loan at once, whatever their size.
     *
     * @return a count; {@link Integer#MAX_VALUE} where only memory is the limit
     */
    int maxBlocks();

    /**
     * What this side has on loan, whoever holds it.
     *
     * @return bytes, as loaned; 0 once this side is closed
     */
    long loanedBytes();

    /**
     * How many blocks {@link #loanedBytes} are.
     *
     * @return a count; 0 once this side is closed
     */
    int loanedBlocks();

    /**
     * Loans a block to fill, with one share.
     *
     * @param length wanted, in bytes
     * @param block receives the loan
     * @return {@link #OK}, {@link #BACK_PRESSURED}, {@link #CLOSED} or {@link #BAD_LENGTH}
     * @throws io.outrider.error.StorageException if the memory behind it can't be had; nothing is loaned
     */
    int tryLoan(int length, ArenaBlock block);

    /**
     * Opens a block that the peer has handed over, whichever side loaned it, and records this side as its owner.
     *
     * @param handle from {@link ArenaBlock#handle()} at the peer
     * @param length in bytes, as loaned
     * @param block receives the view
     * @return {@link #OK}, {@link #CLOSED} or {@link #STALE}
     */
    int open(long handle, int length, ArenaBlock block);

    /**
     * Opens a block that the peer has handed over and that this side held before, so that it knows where it is.
     *
     * @param handle of the block
     * @return {@link #OK}, {@link #CLOSED} or {@link #STALE}
     */
    int reopen(long handle);

    /**
     * The memory of a block as a buffer of the JDK.
     *
     * @param handle of a block that this side holds
     * @param length in bytes, as loaned
     * @return a new view in native byte order
     */
    ByteBuffer byteBuffer(long handle, int length);

    /**
     * Whether a block was loaned by this side.
     *
     * @param handle of a block
     * @return false if it is the peer's memory
     */
    boolean isOwn(long handle);

    /**
     * Adds shares to a block that this side holds: it is free when all of them are given back.
     *
     * @param handle of the block
     * @param shares to add, positive; a block has at most {@link #MAX_SHARES}
     * @return {@link #OK}, {@link #CLOSED}, {@link #STALE} or {@link #BAD_LENGTH} if those would be too many
     */
    int share(long handle, int shares);

    /**
     * Gives one share of a block back: of one that this side loaned, or one that it has opened.
     *
     * @param handle of the block
     * @return {@link #OK}, {@link #CLOSED} or {@link #STALE}
     */
    int release(long handle);

    /**
     * Gives one share of a block back.
     *
     * @param block the block; holds nothing afterwards
     * @return {@link #OK}, {@link #CLOSED} or {@link #STALE}
     */
    default int release(final ArenaBlock block) {
        final long handle = block.handle();
        block.clear();
        return release(handle);
    }

    /** Keeps the memory of all blocks readable beyond the end of the link, until as many calls of {@link #letGo}. */
    void retain();

    /** Takes back one {@link #retain}; the last one, once the link is closed, releases the memory. */
    void letGo();
}

package io.outrider.transport;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A view of one arena block: a flyweight that one thread keeps and passes again and again; not safe for two. The memory is
 * valid from {@link BufferArena#tryLoan} or {@link BufferArena#open} until the block is given back or the link closed.
 */
public final class ArenaBlock {
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private long handle;

    /** Makes a view of nothing. */
    public ArenaBlock() {}

    /**
     * For arenas: points this view at a block.
     *
     * @param blockHandle names the block and its generation
     * @param address of its first byte
     * @param length in bytes, as loaned
     */
    public void set(final long blockHandle, final long address, final int length) {
        handle = blockHandle;
        buffer.wrap(address, length);
    }

    /** For arenas: points this view at nothing, once the block is given back. */
    public void clear() {
        handle = 0;
        buffer.wrap(0, 0);
    }

    /**
     * The memory of the block.
     *
     * @return a buffer of exactly the loaned length
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Names the block and its generation to the peer.
     *
     * @return never 0 while a block is held
     */
    public long handle() {
        return handle;
    }
}

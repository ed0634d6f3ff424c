package io.outrider.launcher.local;

import io.outrider.error.StorageException;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * One side's blocks where both sides are in this process: memory outside of the heap, taken when it is loaned and let go when
 * it is given back. There are two sides as on a link, since who calls and who is called hold loans by the same rules everywhere. Safe
 * from any thread. A block stays for as long as somebody holds it, also beyond the end of the executor.
 */
final class LocalBlocks implements BufferArena {
    private static final int MAX_BLOCK_BYTES = 1 << 30;
    private static final long FIRST_USE =
            1L << Integer.SIZE; // in the upper half of a handle, as no handle is used again

    /** What both sides have on loan. */
    private static final class Store {
        private final Map<Long, Block> blocks = new HashMap<>(); // guarded by this
        private final int[] loanedBlocks = new int[2]; // by side; guarded by this
        private final long[] loanedBytes = new long[2]; // by side; guarded by this
        private long numbers; // guarded by this
        private boolean closed; // guarded by this
    }

    private static final class Block {
        private final ByteBuffer memory;
        private int shares = 1; // guarded by the store

        Block(final ByteBuffer memory) {
            this.memory = memory;
        }
    }

    private final Store store;
    private final int side;

    private LocalBlocks(final Store store, final int side) {
        this.store = store;
        this.side = side;
    }

    /** The side of those who call. */
    static LocalBlocks ofCallers() {
        return new LocalBlocks(new Store(), 0);
    }

    /** The side of the objects that they call. */
    LocalBlocks ofObjects() {
        return new LocalBlocks(store, 1);
    }

    /** Loans nothing from now on, on either side. */
    void close() {
        synchronized (store) {
            store.closed = true;
        }
    }

    @Override
    public int maxBlockLength() {
        return MAX_BLOCK_BYTES;
    }

    @Override
    public long capacity() {
        return MAX_BLOCK_BYTES;
    }

    @Override
    public int maxBlocks() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long loanedBytes() {
        synchronized (store) {
            return store.loanedBytes[side];
        }
    }

    @Override
    public int loanedBlocks() {
        synchronized (store) {
            return store.loanedBlocks[side];
        }
    }

    @Override
    public int tryLoan(final int length, final ArenaBlock block) {
        if (length <= 0 || length > MAX_BLOCK_BYTES) {
            return BAD_LENGTH;
        }
        synchronized (store) {
            if (store.closed) {
                return CLOSED;
            }
            if (store.loanedBytes[side] + length > capacity()) {
                return BACK_PRESSURED;
            }
            final ByteBuffer memory = allocate(length);
            final long handle = FIRST_USE + (store.numbers++ << 1 | side);
            store.blocks.put(handle, new Block(memory));
            store.loanedBlocks[side]++;
            store.loanedBytes[side] += length;
            block.set(handle, BufferUtil.address(memory), length);
            return OK;
        }
    }

    private static ByteBuffer allocate(final int length) {
        try {
            return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        } catch (final OutOfMemoryError none) { // of this kind of memory, whose limit is a setting of the JVM
            throw new StorageException(
                    "this JVM has no memory outside of its heap for a loan of " + length
                            + " bytes: raise -XX:MaxDirectMemorySize",
                    none);
        }
    }

    private @Nullable Block find(final long handle) {
        return store.blocks.get(handle);
    }

    @Override
    public int open(final long handle, final int length, final ArenaBlock block) {
        synchronized (store) {
            final Block found = find(handle);
            if (found == null || found.memory.capacity() != length) {
                return STALE;
            }
            block.set(handle, BufferUtil.address(found.memory), length);
            return OK;
        }
    }

    @Override
    public int reopen(final long handle) {
        synchronized (store) {
            return find(handle) == null ? STALE : OK;
        }
    }

    @Override
    public ByteBuffer byteBuffer(final long handle, final int length) {
        synchronized (store) {
            final Block found = find(handle);
            if (found == null) {
                throw new IllegalStateException("block " + Long.toHexString(handle) + " is not on loan");
            }
            return found.memory.duplicate().order(ByteOrder.nativeOrder());
        }
    }

    @Override
    public boolean isOwn(final long handle) {
        return (handle & 1) == side;
    }

    @Override
    public int share(final long handle, final int shares) {
        synchronized (store) {
            final Block found = find(handle);
            if (found == null) {
                return STALE;
            }
            if (shares <= 0 || found.shares + shares > MAX_SHARES) {
                return BAD_LENGTH;
            }
            found.shares += shares;
            return OK;
        }
    }

    @Override
    public void retain() {
        // What is held stays without that.
    }

    @Override
    public void letGo() {
        // The same.
    }

    @Override
    public int release(final long handle) {
        synchronized (store) {
            final Block found = find(handle);
            if (found == null) {
                return STALE;
            }
            if (--found.shares == 0) {
                store.blocks.remove(handle);
                final int owner = (int) handle & 1;
                store.loanedBlocks[owner]--;
                store.loanedBytes[owner] -= found.memory.capacity();
            }
            return OK;
        }
    }
}

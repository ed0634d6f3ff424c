package io.outrider.ipc.arena;

import java.util.Arrays;
import org.agrona.BitUtil;

/**
 * Divides a region into blocks whose sizes are powers of two, aligned to their size, after Knowlton's buddy system: a block
 * is found, and freed blocks joined with their buddies, in one walk of a binary tree of at most 21 levels. Kept on the
 * heap of the one side that loans from the region; not safe for two threads; allocates nothing after construction.
 *
 * <p>Node 1 is the whole region, nodes 2n and 2n + 1 the halves of node n. Each node holds the order of the largest free
 * block within it, plus one; order k is 2^k times the smallest block.
 */
final class BuddyAllocator {
    /** No block of that size is free. */
    static final long NONE = -1;

    private static final int SMALLEST_BLOCK = 4096;
    private static final int MAX_LEAVES = 1 << 20;
    private static final byte FULL = 0;

    private final byte[] largestFree;
    private final int rootOrder;
    private final int blockShift;

    /** @param regionBytes a power of two of at least one smallest block */
    BuddyAllocator(final long regionBytes) {
        // A region with more leaves than the tree may have gets a larger smallest block instead.
        final long smallest = Math.max(SMALLEST_BLOCK, regionBytes / MAX_LEAVES);
        blockShift = Long.numberOfTrailingZeros(smallest);
        rootOrder = Long.numberOfTrailingZeros(regionBytes) - blockShift;
        largestFree = new byte[2 << rootOrder];
        int order = rootOrder;
        for (int node = 1; node < largestFree.length; node <<= 1) { // the first of each level
            Arrays.fill(largestFree, node, node << 1, (byte) (order-- + 1));
        }
    }

    /**
     * Takes a block.
     *
     * @param length in bytes, at most that of the region
     * @return the offset of the block in the region, or {@link #NONE}
     */
    long allocate(final long length) {
        final int order = orderFor(length);
        if (largestFree[1] <= order) {
            return NONE;
        }
        int node = 1;
        for (int at = rootOrder; at > order; at--) {
            // The fuller half first: large blocks then stay whole for longer.
            final int left = node << 1;
            final boolean leftFits = largestFree[left] > order;
            final boolean rightFits = largestFree[left + 1] > order;
            node = leftFits && (!rightFits || largestFree[left] <= largestFree[left + 1]) ? left : left + 1;
        }
        largestFree[node] = FULL;
        updateParents(node, order);
        return offsetOf(node, order);
    }

    /**
     * Gives a block back.
     *
     * @param offset as returned by {@link #allocate}
     * @param length as given to it
     */
    void free(final long offset, final long length) {
        final int order = orderFor(length);
        final int node = (1 << (rootOrder - order)) + (int) (offset >>> (blockShift + order));
        largestFree[node] = (byte) (order + 1);
        updateParents(node, order);
    }

    private void updateParents(final int changed, final int changedOrder) {
        int order = changedOrder;
        for (int node = changed >> 1; node > 0; node >>= 1) {
            final byte left = largestFree[node << 1];
            final byte right = largestFree[(node << 1) + 1];
            final boolean bothWhole = left == order + 1 && right == order + 1;
            largestFree[node] = bothWhole ? (byte) (order + 2) : (byte) Math.max(left, right);
            order++;
        }
    }

    private long offsetOf(final int node, final int order) {
        final long indexInLevel = node - (1L << (rootOrder - order));
        return indexInLevel << (blockShift + order);
    }

    private int orderFor(final long length) {
        final long blockBytes = Math.max(1L << blockShift, BitUtil.findNextPositivePowerOfTwo(length));
        return Long.numberOfTrailingZeros(blockBytes) - blockShift;
    }
}

package io.outrider.ipc.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BuddyAllocatorTest {
    private static final long KIB = 1024;
    private static final long REGION = 1024 * KIB;

    /** A block that was allocated: its offset and the length that was asked for. */
    private record Block(long offset, long length) {}

    @Test
    void regionIsDividedToTheLastBlockAndJoinedAgain() {
        final BuddyAllocator region = new BuddyAllocator(REGION);
        for (long size = 4 * KIB; size <= REGION; size *= 2) {
            for (long taken = 0; taken < REGION; taken += size) {
                assertTrue(region.allocate(size) >= 0);
            }
            assertEquals(BuddyAllocator.NONE, region.allocate(1));
            for (long offset = 0; offset < REGION; offset += size) {
                region.free(offset, size);
            }
        }
    }

    @Test
    void blocksAreAlignedNeverOverlapAndNothingIsLost() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final BuddyAllocator region = new BuddyAllocator(REGION);
        final List<Block> taken = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(5) < 3) {
                final long length = 1 + random.nextInt(random.nextInt(10) == 0 ? 300_000 : 20_000);
                final long offset = region.allocate(length);
                if (offset != BuddyAllocator.NONE) {
                    assertFree(taken, offset, length, seed);
                    taken.add(new Block(offset, length));
                }
            } else if (!taken.isEmpty()) {
                final Block block = taken.remove(random.nextInt(taken.size()));
                region.free(block.offset, block.length);
            }
        }
        taken.forEach(block -> region.free(block.offset, block.length));
        assertEquals(0, region.allocate(REGION), "seed " + seed);
    }

    @Test
    void largeRegionsHaveLargerSmallestBlocks() {
        final BuddyAllocator region = new BuddyAllocator(64 * REGION * KIB);
        final long first = region.allocate(1);
        final long second = region.allocate(1);
        assertEquals(64 * KIB, Math.abs(first - second));
    }

    private static void assertFree(final List<Block> taken, final long offset, final long length, final long seed) {
        final long size = Math.max(4 * KIB, Long.highestOneBit(2 * length - 1));
        assertEquals(0, offset % size, () -> "seed " + seed);
        assertTrue(offset + size <= REGION, () -> "seed " + seed);
        for (final Block other : taken) {
            assertTrue(
                    offset + size <= other.offset || other.offset + other.length <= offset,
                    () -> "seed " + seed + ": " + offset + " and " + other);
        }
    }
}

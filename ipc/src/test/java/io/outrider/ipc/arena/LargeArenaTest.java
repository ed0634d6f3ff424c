package io.outrider.ipc.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A region that no single mapping holds: sparse, so that the test takes some megabytes only. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class LargeArenaTest {
    private static final long REGION = 8L << 30;

    @Test
    void blocksOfALargeRegionAreReadAtTheOtherSide() throws Exception {
        final Path directory = TestLink.newDirectory();
        Files.createDirectory(directory);
        final Path file = directory.resolve("arena");
        MappedArena.create(file, REGION);
        try (MappedArena client = new MappedArena(file, REGION, Side.CLIENT);
                MappedArena worker = new MappedArena(file, REGION, Side.WORKER)) {
            assertEquals(1 << 30, worker.maxBlockLength());
            final ArenaBlock[] loans = new ArenaBlock[600];
            for (int i = 0; i < loans.length; i++) {
                loans[i] = new ArenaBlock();
                assertEquals(BufferArena.OK, worker.tryLoan(1000 + i, loans[i]));
                loans[i].buffer().setMemory(0, 1000 + i, (byte) i);
            }
            final ArenaBlock opened = new ArenaBlock();
            for (int i = 0; i < loans.length; i++) {
                assertEquals(BufferArena.OK, client.open(loans[i].handle(), 1000 + i, opened));
                assertEquals((byte) i, opened.buffer().getByte(999 + i));
                assertEquals(BufferArena.OK, client.release(opened));
            }
        } finally {
            TestLink.delete(directory);
        }
    }
}

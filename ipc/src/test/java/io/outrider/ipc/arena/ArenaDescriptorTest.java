package io.outrider.ipc.arena;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.outrider.error.StorageException;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Side;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bytes that both processes must agree on: a change here is a new version of the layout. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class ArenaDescriptorTest {
    private static final long REGION = 64 * 1024;

    private final Path directory = TestLink.newDirectory();
    private final Path file = directory.resolve("arena");

    @BeforeEach
    void createDirectory() throws Exception {
        Files.createDirectory(directory);
    }

    @AfterEach
    void deleteDirectory() {
        TestLink.delete(directory);
    }

    @Test
    void headerOfANewArena() throws Exception {
        MappedArena.create(file, REGION);
        assertBytes(0, "41 52 55 4f  03 00 00 00  00 00 01 00 00 00 00 00  00 04 00 00");
        assertEquals(397_312, ArenaDescriptor.headerBytes());
        assertEquals(397_312 + 2 * REGION, Files.size(file));
    }

    @Test
    void entriesOfBothSidesThroughTheLifeOfABlock() throws Exception {
        MappedArena.create(file, REGION);
        try (MappedArena client = new MappedArena(file, REGION, Side.CLIENT);
                MappedArena worker = new MappedArena(file, REGION, Side.WORKER)) {
            final ArenaBlock loaned = new ArenaBlock();
            client.tryLoan(100, loaned);
            assertEquals(0x0000_0001_0000_0000L, loaned.handle());
            assertBytes(128, "01 00 00 00 01 00 00 00  00 00 00 00 00 00 00 00  64 00 00 00");
            client.tryLoan(5000, new ArenaBlock());
            assertBytes(128 + 192, "01 00 00 00 01 00 00 00  00 20 00 00 00 00 00 00  88 13 00 00");

            final ArenaBlock opened = new ArenaBlock();
            worker.open(loaned.handle(), 100, opened);
            assertBytes(128, "01 00 00 00 01 00 00 00");
            assertBytes(128 + 64, "01 00 00 00 01 00 00 00");
            assertBytes(128 + 128, "01 00 00 00 01 00 00 00");
            worker.share(opened.handle(), 2);
            assertBytes(128, "03 00 00 00 01 00 00 00");
            client.reopen(loaned.handle());
            assertBytes(128 + 64, "02 00 00 00 01 00 00 00");
            assertBytes(128 + 128, "01 00 00 00 01 00 00 00");
            client.release(loaned);
            worker.release(opened.handle());
            worker.release(opened);
            assertBytes(128, "00 00 00 00 01 00 00 00");
            final String pid = HexFormat.of()
                    .toHexDigits(Long.reverseBytes(ProcessHandle.current().pid()));
            assertBytes(24, pid + pid);

            final ArenaBlock own = new ArenaBlock();
            worker.tryLoan(1, own);
            assertEquals(0x0000_0001_8000_0000L, own.handle());
            assertBytes(128 + 1024 * 192, "01 00 00 00 01 00 00 00  00 00 00 00 00 00 00 00  01 00 00 00");
            own.buffer().putByte(0, (byte) 0x77);
            assertBytes(397_312 + REGION, "77");
        }
    }

    @Test
    void fileOfAnotherArenaIsRefused() {
        MappedArena.create(file, REGION);
        assertThrows(StorageException.class, () -> new MappedArena(file, REGION / 2, Side.CLIENT));
        assertThrows(StorageException.class, () -> new MappedArena(file, REGION * 2, Side.CLIENT));
    }

    private void assertBytes(final long offset, final String expected) throws Exception {
        final byte[] bytes = HexFormat.of().parseHex(expected.replace(" ", ""));
        final byte[] found = new byte[bytes.length];
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            opened.seek(offset);
            opened.readFully(found);
        }
        assertArrayEquals(
                bytes,
                found,
                () -> "at " + offset + ": " + HexFormat.ofDelimiter(" ").formatHex(found));
    }
}

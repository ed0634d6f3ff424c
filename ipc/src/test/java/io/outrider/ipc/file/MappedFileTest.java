package io.outrider.ipc.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.outrider.error.StorageException;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class MappedFileTest {
    private final Path directory = TestLink.newDirectory();
    private final Path file = directory.resolve("mapped");

    @BeforeEach
    void createDirectory() throws Exception {
        Files.createDirectory(directory);
    }

    @AfterEach
    void deleteDirectory() {
        TestLink.delete(directory);
    }

    @Test
    void everyPieceIsWhereItIsInTheFile() throws Exception {
        final long start = Allocation.PAGE;
        final long length = 5L << 29;
        Allocation.createSparse(file, start + length, start);
        final long[] offsets = {0, MappedFile.PIECE - 1, MappedFile.PIECE, 2 * MappedFile.PIECE + 5, length - 1};
        try (MappedFile mapped = new MappedFile(file, start, length);
                RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            for (int i = 0; i < offsets.length; i++) {
                new UnsafeBuffer(mapped.address(offsets[i]), 1).putByte(0, (byte) (i + 1));
                opened.seek(start + offsets[i]);
                assertEquals(i + 1, opened.read());
            }
        }
    }

    @Test
    void fileThatIsTooShortIsRefused() {
        Allocation.create(file, Allocation.PAGE);
        assertThrows(StorageException.class, () -> new MappedFile(file, Allocation.PAGE + 1));
    }

    @Test
    void fileThatExistsIsNeverOverwritten() throws Exception {
        Allocation.create(file, Allocation.PAGE);
        assertThrows(StorageException.class, () -> Allocation.create(file, 2 * Allocation.PAGE));
        assertEquals(Allocation.PAGE, Files.size(file));
    }
}

package io.outrider.ipc.queue;

import io.outrider.error.StorageException;
import io.outrider.ipc.file.Allocation;
import io.outrider.transport.LinkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import org.agrona.BitUtil;

/**
 * The files of one lane in its directory, their names and their sizes. Immutable; making a file blocks on the file system.
 *
 * <pre>
 *   metadata.cq4t             the queue's own words, all of it taken from the start
 *   19700101-01F.cq4          a cycle, named by its start in hours since the epoch: a mere number, no time of day
 *   19700101-02F.precreated   the memory of the next cycle; the queue renames it when it rolls
 *
 *   cycle file:   | header, index | frames ... | last frame | index |        sparse        |
 *                 0                        rollPosition              takenBytes          fileBytes
 * </pre>
 *
 * The queue maps a cycle whole, as one block, so that it never grows the file. Nothing is written behind {@link #takenBytes}:
 * a lane rolls after the first frame that ends behind {@link #rollPosition}.
 */
final class CycleFiles {
    /** The first cycle of every lane. */
    static final int FIRST_CYCLE = 1;
    /** The entries of one index block; with {@link #INDEX_SPACING} enough for the smallest frames in the largest lane. */
    static final int INDEX_COUNT = 1024;
    /** Every how many frames the queue makes an index entry. */
    static final int INDEX_SPACING = 256;

    private static final RollCycle ROLL_CYCLE = RollCycles.FAST_HOURLY;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern(ROLL_CYCLE.format()).withZone(ZoneOffset.UTC);
    private static final String CYCLE_SUFFIX = ".cq4";
    private static final String SPARE_SUFFIX = ".precreated";

    /** The queue maps its metadata as one block of 64 KiB and as much again of overlap. */
    private static final int METADATA_BYTES = 128 * 1024;
    /** What may follow the last frame: its header, the end mark, and an index block that the frame happened to begin. */
    private static final int TAIL_BYTES = 32 * 1024;

    private static final long SMALLEST_BLOCK = 512 * 1024;

    private final Path directory;
    private final int rollPosition;
    private final long takenBytes;

    /**
     * @param directory of the lane, without symbolic links if it exists
     * @param spec says how much is written before a lane rolls, and the longest frame
     */
    CycleFiles(final Path directory, final LinkSpec spec) {
        this.directory = realPath(directory);
        rollPosition = spec.laneBytes();
        takenBytes = BitUtil.align((long) spec.laneBytes() + spec.maxFrameBytes() + TAIL_BYTES, (long) Allocation.PAGE);
    }

    /** The roll cycle that turns numbers into names. */
    static RollCycle rollCycle() {
        return ROLL_CYCLE;
    }

    /** What a lane takes from the start: metadata, the first cycle and the spare. */
    static long requiredBytes(final LinkSpec spec) {
        return METADATA_BYTES + 2 * new CycleFiles(spec.directory(), spec).takenBytes;
    }

    /** Where the lane is. */
    Path directory() {
        return directory;
    }

    /** The position in a cycle, in bytes, behind which no frame begins. */
    int rollPosition() {
        return rollPosition;
    }

    /** The memory that a cycle has from the start, in bytes. */
    long takenBytes() {
        return takenBytes;
    }

    /** The block size to give to the queue, in bytes: a cycle fits in one. */
    long blockBytes() {
        return Math.max(SMALLEST_BLOCK, takenBytes);
    }

    /** The file of a cycle. */
    Path cycle(final int cycle) {
        return directory.resolve(name(cycle) + CYCLE_SUFFIX);
    }

    /** The memory of a cycle that is still to come. */
    Path spare(final int cycle) {
        return directory.resolve(name(cycle) + SPARE_SUFFIX);
    }

    /**
     * Makes the file of the queue's own words.
     *
     * @throws StorageException if the memory can't be had
     */
    void createMetadata() {
        Allocation.create(directory.resolve("metadata.cq4t"), METADATA_BYTES);
    }

    /**
     * Makes the memory of a cycle that is still to come.
     *
     * @param cycle its number
     * @param fileBytes what the queue maps
     * @throws StorageException if the memory can't be had; no file is left
     */
    void createSpare(final int cycle, final long fileBytes) {
        Allocation.createSparse(spare(cycle), fileBytes, takenBytes);
    }

    private static String name(final int cycle) {
        return NAME.format(Instant.ofEpochMilli((long) cycle * ROLL_CYCLE.lengthInMillis()));
    }

    private static Path realPath(final Path directory) {
        try {
            return directory.toFile().exists() ? directory.toRealPath() : directory;
        } catch (final IOException e) {
            throw new StorageException("could not resolve " + directory + ": " + e, e);
        }
    }
}

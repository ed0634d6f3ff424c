package io.outrider.ipc.feed;

import io.outrider.api.feed.FeedOptions;
import io.outrider.config.WaitStrategy;
import io.outrider.ipc.file.Allocation;
import java.util.List;
import org.agrona.BitUtil;

/**
 * Owner of the layout of a feed's file:
 *
 * <pre>
 *   offset  0   magic (int), version (int)
 *           8   frames kept (int), subscribers (int), longest frame (int), wait strategy (int)
 *          24   longest hold-up by a subscriber in nanoseconds (long)
 *         128   writer: 0 or its process (long); ended: 0 or 1 (long); closed: 0 or 1 (long)
 *         256   head: how many frames were committed (long)
 *         384   rows of the subscribers, 384 bytes each:
 *                  0   owner: 0 or its process (long), state (long)
 *                128   position: the frame that it reads or will read next (long), NOWHERE in a row without owner
 *                256   parked: 0, or the number of the bell to ring (long)
 *           n   index: for each frame kept its sequence (long), place (int) and length (int); the entry of a frame is its
 *               sequence modulo the number of frames
 *           m   places, each a multiple of 128 bytes; as many as frames, and one more for each subscriber and for the writer
 * </pre>
 *
 * A frame is committed by storing its sequence into its entry (release). An entry is reused by storing {@link #BUSY}, then
 * place and length, then the new sequence. What is in a place is not overwritten while an entry names it, nor while the
 * position of any row is the sequence that it had: a subscriber publishes the position (full fence), then reads the entry;
 * the writer takes the entry away (full fence), then reads the positions. One of the two sees the other (Dekker's rule), so
 * nobody ever reads a place that is being written. Since a row protects one place, there is always one for the writer.
 *
 * <p>All words are little-endian, as the platforms that are supported are.
 *
 * @param frames how many are kept, a power of two
 * @param subscribers how many rows there are
 * @param frameBytes the longest frame
 */
record FeedDescriptor(int frames, int subscribers, int frameBytes) {
    /** Marks the file as what it is. */
    static final int MAGIC = 0x4f55_4644;
    /** The layout described above. */
    static final int VERSION = 1;

    /** Where the magic is. */
    static final int MAGIC_OFFSET = 0;
    /** Where the version is. */
    static final int VERSION_OFFSET = 4;
    /** Where it says how many frames are kept. */
    static final int FRAMES_OFFSET = 8;
    /** Where it says how many rows there are. */
    static final int SUBSCRIBERS_OFFSET = 12;
    /** Where it says how long a frame may be. */
    static final int FRAME_BYTES_OFFSET = 16;
    /** Where it says how to wait. */
    static final int WAIT_STRATEGY_OFFSET = 20;
    /** Where it says how long a subscriber may hold up the writer. */
    static final int BLOCK_TIMEOUT_OFFSET = 24;
    /** Where it says which process writes. */
    static final int WRITER_OFFSET = 128;
    /** Where it says whether the writer has closed. */
    static final int ENDED_OFFSET = 136;
    /** Where it says whether the feed was closed. */
    static final int CLOSED_OFFSET = 144;
    /** Where it says how many frames were committed. */
    static final int HEAD_OFFSET = 256;
    /** The bytes in front of the rows. */
    static final int HEADER_BYTES = 384;

    /** From the beginning of an entry to its place. */
    static final int PLACE = 8;
    /** From the beginning of an entry to the length of its frame. */
    static final int LENGTH = 12;
    /** In place of a sequence: the entry is being changed, or was never used. */
    static final long BUSY = -1;
    /** In place of a position: protects nothing. */
    static final long NOWHERE = Long.MIN_VALUE;

    /** By the number that stands for each in the file. */
    static final List<WaitStrategy> WAIT_STRATEGIES =
            List.of(WaitStrategy.SPIN, WaitStrategy.YIELD, WaitStrategy.BACKOFF, WaitStrategy.ADAPTIVE);

    private static final int LINE = 128;
    private static final int ROW_BYTES = 3 * LINE;
    private static final int ENTRY_BYTES = 16;
    private static final int STATE = 8;

    static FeedDescriptor of(final FeedOptions options) {
        return new FeedDescriptor(options.frames(), options.maxSubscribers(), options.frameBytes());
    }

    /** How many places there are. */
    int places() {
        return frames + subscribers + 1;
    }

    /** Where a row says whose it is. */
    int ownerOffset(final int row) {
        return HEADER_BYTES + row * ROW_BYTES;
    }

    /** Where a row says what it is. */
    int stateOffset(final int row) {
        return ownerOffset(row) + STATE;
    }

    /** Where a row says which frame it protects. */
    int positionOffset(final int row) {
        return ownerOffset(row) + LINE;
    }

    /** Where a row says that its subscriber sleeps. */
    int parkedOffset(final int row) {
        return positionOffset(row) + LINE;
    }

    /** Where the entry of a frame is. */
    int entryOffset(final long sequence) {
        return ownerOffset(subscribers) + ((int) sequence & (frames - 1)) * ENTRY_BYTES;
    }

    /** Where the bytes of a place are. */
    int placeOffset(final int place) {
        return firstPlace() + place * placeBytes();
    }

    /** The bytes of the whole file, more than can be if the numbers are garbage. */
    long fileBytes() {
        return firstPlace() + (long) places() * placeBytes();
    }

    private int firstPlace() {
        return BitUtil.align(ownerOffset(subscribers) + frames * ENTRY_BYTES, Allocation.PAGE);
    }

    private int placeBytes() {
        return BitUtil.align(frameBytes, LINE);
    }
}

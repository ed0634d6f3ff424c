package io.outrider.transport;

import java.nio.ByteOrder;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The words that both sides of a link see, outside the lanes. Owner of their layout:
 *
 * <pre>
 *   offset  0   magic (int), version (int)
 *         128   parked flag of the reader of the call lane     (long)
 *         256   parked flag of the reader of the reply lane    (long)
 *         384   heartbeat of the client, epoch ms              (long)
 *         512   heartbeat of the worker, epoch ms              (long)
 *         640   oldest cycle that the call lane's reader still needs   (long, queue only)
 *         768   oldest cycle that the reply lane's reader still needs  (long, queue only)
 *         896   end
 * </pre>
 *
 * Each word stands on a pair of cache lines of its own, so that a writer of one never slows a reader of another. All
 * words are little-endian, as the platforms that are supported are.
 */
public final class LinkStatus {
    /** The size of the words together, in bytes. */
    public static final int LENGTH = 896;
    /** Marks the memory as what it is. */
    public static final int MAGIC = 0x4f55_5452;
    /** The layout described above. */
    public static final int VERSION = 1;

    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 4;
    private static final int LINE = 128;
    private static final int PARKED_OFFSET = LINE;
    private static final int HEARTBEAT_OFFSET = 3 * LINE;
    private static final int CYCLE_OFFSET = 5 * LINE;
    private static final long PARKED = 1;
    private static final long AWAKE = 0;

    private final AtomicBuffer words;

    /** @param words at least {@link #LENGTH} bytes of memory that both sides map, aligned to 8 bytes */
    public LinkStatus(final AtomicBuffer words) {
        words.boundsCheck(0, LENGTH);
        this.words = words;
    }

    /** For the side that creates the memory: marks it as ready. */
    public void initialize() {
        words.putInt(VERSION_OFFSET, VERSION, ByteOrder.LITTLE_ENDIAN);
        words.putIntOrdered(MAGIC_OFFSET, MAGIC);
    }

    /**
     * Whether the memory carries this layout.
     *
     * @return false if it is something else, or of another version
     */
    public boolean isReady() {
        return words.getIntVolatile(MAGIC_OFFSET) == MAGIC
                && words.getInt(VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) == VERSION;
    }

    /**
     * Says that the reader on a side is about to block and wants its doorbell rung. Full fence: the reader polls once more
     * after it, and pairs with {@link #takeParked} after a commit (Dekker's rule: each side stores, fences, then loads).
     *
     * @param reader the side that reads
     */
    public void park(final Side reader) {
        words.putLongVolatile(parkedOffset(reader), PARKED);
    }

    /**
     * Takes back {@link #park}: the reader polls by itself again.
     *
     * @param reader the side that reads
     */
    public void unpark(final Side reader) {
        words.putLongOrdered(parkedOffset(reader), AWAKE);
    }

    /**
     * After a commit: whether the reader must be woken. True for exactly one caller per {@link #park}. The caller must have
     * issued a full fence since its commit.
     *
     * @param reader the side that reads
     * @return true if the caller must ring the reader's doorbell
     */
    public boolean takeParked(final Side reader) {
        final int offset = parkedOffset(reader);
        return words.getLongVolatile(offset) == PARKED && words.compareAndSetLong(offset, PARKED, AWAKE);
    }

    /**
     * Whether the reader on a side has parked and nobody has rung for it yet.
     *
     * @param reader the side that reads
     * @return true while it waits for a doorbell
     */
    public boolean isParked(final Side reader) {
        return words.getLongVolatile(parkedOffset(reader)) == PARKED;
    }

    /**
     * Publishes that a side is alive.
     *
     * @param side the caller's
     * @param epochMs the time, in milliseconds since the epoch
     */
    public void heartbeat(final Side side, final long epochMs) {
        words.putLongOrdered(heartbeatOffset(side), epochMs);
    }

    /**
     * When a side last said that it is alive.
     *
     * @param side the one asked about
     * @return milliseconds since the epoch, 0 if never
     */
    public long heartbeat(final Side side) {
        return words.getLongVolatile(heartbeatOffset(side));
    }

    /**
     * For transports that roll: publishes the oldest cycle that the reader still needs.
     *
     * @param reader the side that reads
     * @param cycle the cycle
     */
    public void oldestCycle(final Side reader, final long cycle) {
        words.putLongOrdered(CYCLE_OFFSET + readerIndex(reader) * LINE, cycle);
    }

    /**
     * For transports that roll: the oldest cycle that the reader still needs.
     *
     * @param reader the side that reads
     * @return the cycle
     */
    public long oldestCycle(final Side reader) {
        return words.getLongVolatile(CYCLE_OFFSET + readerIndex(reader) * LINE);
    }

    private static int parkedOffset(final Side reader) {
        return PARKED_OFFSET + readerIndex(reader) * LINE;
    }

    private static int heartbeatOffset(final Side side) {
        return HEARTBEAT_OFFSET + (side == Side.CLIENT ? 0 : 1) * LINE;
    }

    /** The worker reads the call lane, which comes first; the client reads the reply lane. */
    private static int readerIndex(final Side reader) {
        return reader == Side.WORKER ? 0 : 1;
    }
}

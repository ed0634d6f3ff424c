package io.outrider.testkit;

import io.outrider.transport.Claim;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Publication;
import java.util.zip.CRC32;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames that prove their content: producer, number, checksum, and bytes that follow from both. One object writes or checks
 * the frames of many producers; for one thread, doesn't block. A frame that is torn, lost, doubled or out of its producer's
 * order is an {@link AssertionError} where it is read.
 *
 * <pre>
 *   offset  0   producer (int)
 *           4   number of the frame, from 0 for each producer (long)
 *          12   CRC-32 of all bytes but these four (int)
 *          16   filling
 * </pre>
 */
public final class Frames implements FrameHandler {
    /** The shortest of these frames, in bytes. */
    public static final int MIN_LENGTH = 16;

    private static final int NUMBER_OFFSET = 4;
    private static final int CRC_OFFSET = 12;

    private final Claim claim = new Claim();
    private final UnsafeBuffer scratch;
    private final CRC32 crc = new CRC32();
    private final long[] next;
    private long total;

    /**
     * @param producers how many there are, at least 1
     * @param maxLength of a frame in bytes
     */
    public Frames(final int producers, final int maxLength) {
        next = new long[producers];
        scratch = new UnsafeBuffer(new byte[Math.max(MIN_LENGTH, maxLength)]);
    }

    /**
     * Tries to send the next frame of a producer.
     *
     * @param lane to write to
     * @param producer from 0 on
     * @param length of the frame in bytes, at least {@link #MIN_LENGTH}
     * @return as {@link Publication#tryClaim}
     */
    public int trySend(final Publication lane, final int producer, final int length) {
        final int result = lane.tryClaim(length, claim);
        if (result == Publication.OK) {
            fill(producer, next[producer], length);
            claim.buffer().putBytes(claim.offset(), scratch, 0, length);
            claim.commit();
            next[producer]++;
            total++;
        }
        return result;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final int offset, final int length) {
        final int producer = buffer.getInt(offset);
        final long number = buffer.getLong(offset + NUMBER_OFFSET);
        if (producer < 0 || producer >= next.length || number != next[producer]) {
            throw new AssertionError("frame " + number + " of producer " + producer + " and " + length
                    + " bytes came after " + total + " frames, of which this producer's: "
                    + (producer < 0 || producer >= next.length ? "none" : next[producer]));
        }
        buffer.getBytes(offset, scratch, 0, length);
        final int expected = scratch.getInt(CRC_OFFSET);
        if (checksum(length) != expected) {
            throw new AssertionError("frame " + number + " of " + length + " bytes is torn");
        }
        next[producer]++;
        total++;
    }

    /**
     * How many frames were sent or received.
     *
     * @return of all producers together
     */
    public long total() {
        return total;
    }

    private void fill(final int producer, final long number, final int length) {
        scratch.setMemory(0, length, (byte) (number * 31 + producer));
        scratch.putInt(0, producer);
        scratch.putLong(NUMBER_OFFSET, number);
        scratch.putInt(CRC_OFFSET, checksum(length));
    }

    private int checksum(final int length) {
        crc.reset();
        crc.update(scratch.byteArray(), 0, CRC_OFFSET);
        crc.update(scratch.byteArray(), MIN_LENGTH, length - MIN_LENGTH);
        return (int) crc.getValue();
    }
}

package io.outrider.api;

import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A block of shared memory that this process holds: made by {@link LoanArena#loan}, filled in place, and handed to the other
 * process by passing it as an argument, returning it, or having it in what is passed or returned. No byte of it is copied. The
 * receiver gets a loan of its own over the same memory and reads, fills, hands on or closes that.
 *
 * <p>One process holds a loan at a time, and one thread should use it. From the hand-over on, and from {@link #close} on, each
 * use fails with {@link io.outrider.error.ClosedException}, which names the loan; so does a use of the {@link #buffer} that was
 * got from it before. A {@link #byteBuffer}, and a buffer that was wrapped around either, can't be taken back in full. A call that could not be sent leaves the loan where it was. A loan that goes there and back in one call is the
 * same object before and after.
 *
 * <p>When the other process dies, the loans that it held are gone with it, and those that this one holds stay as they are
 * until they are closed. A loan that is dropped without being closed is given back when the garbage collector finds it, which is
 * logged with the place where it was made.
 */
public interface Loan extends AutoCloseable {
    /**
     * The size of the block.
     *
     * @return bytes, as asked for; from 1
     */
    int length();

    /**
     * The memory, to fill or to read in place. Once the loan is gone each access through this buffer fails. One that was wrapped around it, as by
     * {@code new UnsafeBuffer(loan.buffer())}, has taken its address over and checks for itself: it must not be used any more then.
     *
     * @return the same buffer every time, of exactly {@link #length} bytes, zeroed or not; of a shared loan it can only be read
     * @throws io.outrider.error.ClosedException if the loan was handed over or given back
     */
    MutableDirectBuffer buffer();

    /**
     * The memory as a buffer of the JDK, in native byte order. Java can't take such a buffer back: its limit is set to 0 when
     * the loan is handed over, given back or shared, so that reads and writes through it fail, with an exception of the JDK that names no loan. But
     * {@code clear()} or {@code limit(n)} brings the memory back, and slices, duplicates and views of it keep it: they must not
     * be used any more then, as the memory may be another loan's. Where that is not sure, use {@link #buffer}.
     *
     * @return the same buffer for as long as this process holds the loan, at first from 0 to {@link #length}; from {@link #share}
     *     on another one, which can only be read
     * @throws io.outrider.error.ClosedException if the loan was handed over or given back
     */
    ByteBuffer byteBuffer();

    /**
     * Lets several read the loan at a time: it can then be handed over that many times, and each receiver closes what it got.
     * The block is free when all are closed. From here on the memory can only be read, and a {@link #byteBuffer} that was got
     * before is of no use any more.
     *
     * @param readers how many times it can be handed over, this process's own use of it included; from 1 to 32,767
     * @return this
     * @throws io.outrider.error.ClosedException if the loan was handed over or given back
     * @throws IllegalStateException if it is shared already
     */
    Loan share(int readers);

    /**
     * Whether this process holds the loan.
     *
     * @return false once it was handed over or given back
     */
    boolean isHeld();

    /**
     * Gives the block back. Does nothing if the loan was handed over or given back before, so that a loan may be passed on
     * inside of try-with-resources.
     */
    @Override
    void close();
}

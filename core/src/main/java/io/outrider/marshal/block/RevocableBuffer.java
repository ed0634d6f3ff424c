package io.outrider.marshal.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.AbstractMutableDirectBuffer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A buffer over memory that can be taken away from whoever still has it: every access then fails with an error that says what
 * the memory was. Costs no more than the bounds check of any Agrona buffer, and like that check it is off where Agrona's bounds
 * checks are turned off. For one thread at a time; who goes on to read in another thread while it is revoked may still read.
 * A buffer that was wrapped around this one has taken its address over, and can't be taken away.
 */
public abstract class RevocableBuffer extends AbstractMutableDirectBuffer {
    private boolean writable;

    /** Makes a buffer over nothing. */
    protected RevocableBuffer() {}

    /**
     * Says what became of the memory.
     *
     * @return the exception for a use of this buffer after {@link #revoke}
     */
    protected abstract RuntimeException revoked();

    /**
     * Points this buffer at memory outside of the heap.
     *
     * @param address of its first byte
     * @param length in bytes
     * @param writes whether it may be written to
     */
    public final void grant(final long address, final int length, final boolean writes) {
        byteArray = null;
        addressOffset = address;
        capacity = length;
        writable = writes;
    }

    /**
     * Points this buffer at a part of another, to be read.
     *
     * @param source wherever its memory is
     * @param offset of the part
     * @param length in bytes
     */
    protected final void grant(final DirectBuffer source, final int offset, final int length) {
        source.boundsCheck(offset, length);
        grant(source.addressOffset() + offset, length, false);
        byteArray = source.byteArray();
    }

    /** From now on the memory can be read and not be written to. */
    public final void makeReadOnly() {
        writable = false;
    }

    /** Takes the memory away. */
    public final void revoke() {
        grant(0, 0, false);
    }

    private void requireGranted() {
        if (capacity == 0 && addressOffset == 0) {
            throw revoked();
        }
    }

    @Override
    protected final void ensureCapacity(final int index, final int length) {
        if (!writable) {
            requireGranted();
            throw new UnsupportedOperationException("the buffer can only be read: it is shared, or another's");
        }
        if (SHOULD_BOUNDS_CHECK) {
            boundsCheck0(index, length);
        }
    }

    @Override
    public final boolean isExpandable() {
        return false;
    }

    @Override
    public final @Nullable ByteBuffer byteBuffer() {
        return null;
    }

    @Override
    public final int wrapAdjustment() {
        return 0;
    }

    private static UnsupportedOperationException fixed() {
        return new UnsupportedOperationException(
                "this buffer stands for one piece of memory and can't be pointed at another");
    }

    @Override
    public final void wrap(final byte[] source) {
        throw fixed();
    }

    @Override
    public final void wrap(final byte[] source, final int offset, final int length) {
        throw fixed();
    }

    @Override
    public final void wrap(final ByteBuffer source) {
        throw fixed();
    }

    @Override
    public final void wrap(final ByteBuffer source, final int offset, final int length) {
        throw fixed();
    }

    @Override
    public final void wrap(final DirectBuffer source) {
        throw fixed();
    }

    @Override
    public final void wrap(final DirectBuffer source, final int offset, final int length) {
        throw fixed();
    }

    @Override
    public final void wrap(final long address, final int length) {
        throw fixed();
    }

    @Override
    public final long getLong(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getLong(index, byteOrder);
    }

    @Override
    public final long getLong(final int index) {
        requireGranted();
        return super.getLong(index);
    }

    @Override
    public final int getInt(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getInt(index, byteOrder);
    }

    @Override
    public final int getInt(final int index) {
        requireGranted();
        return super.getInt(index);
    }

    @Override
    public final double getDouble(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getDouble(index, byteOrder);
    }

    @Override
    public final double getDouble(final int index) {
        requireGranted();
        return super.getDouble(index);
    }

    @Override
    public final float getFloat(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getFloat(index, byteOrder);
    }

    @Override
    public final float getFloat(final int index) {
        requireGranted();
        return super.getFloat(index);
    }

    @Override
    public final short getShort(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getShort(index, byteOrder);
    }

    @Override
    public final short getShort(final int index) {
        requireGranted();
        return super.getShort(index);
    }

    @Override
    public final char getChar(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getChar(index, byteOrder);
    }

    @Override
    public final char getChar(final int index) {
        requireGranted();
        return super.getChar(index);
    }

    @Override
    public final byte getByte(final int index) {
        requireGranted();
        return super.getByte(index);
    }

    @Override
    public final void getBytes(final int index, final byte[] dst) {
        requireGranted();
        super.getBytes(index, dst);
    }

    @Override
    public final void getBytes(final int index, final byte[] dst, final int offset, final int length) {
        requireGranted();
        super.getBytes(index, dst, offset, length);
    }

    @Override
    public final void getBytes(final int index, final ByteBuffer dstBuffer, final int dstOffset, final int length) {
        requireGranted();
        super.getBytes(index, dstBuffer, dstOffset, length);
    }

    @Override
    public final String getStringAscii(final int index) {
        requireGranted();
        return super.getStringAscii(index);
    }

    @Override
    public final int getStringAscii(final int index, final Appendable appendable) {
        requireGranted();
        return super.getStringAscii(index, appendable);
    }

    @Override
    public final String getStringAscii(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getStringAscii(index, byteOrder);
    }

    @Override
    public final int getStringAscii(final int index, final Appendable appendable, final ByteOrder byteOrder) {
        requireGranted();
        return super.getStringAscii(index, appendable, byteOrder);
    }

    @Override
    public final String getStringAscii(final int index, final int length) {
        requireGranted();
        return super.getStringAscii(index, length);
    }

    @Override
    public final int getStringAscii(final int index, final int length, final Appendable appendable) {
        requireGranted();
        return super.getStringAscii(index, length, appendable);
    }

    @Override
    public final String getStringWithoutLengthAscii(final int index, final int length) {
        requireGranted();
        return super.getStringWithoutLengthAscii(index, length);
    }

    @Override
    public final int getStringWithoutLengthAscii(final int index, final int length, final Appendable appendable) {
        requireGranted();
        return super.getStringWithoutLengthAscii(index, length, appendable);
    }

    @Override
    public final String getStringUtf8(final int index) {
        requireGranted();
        return super.getStringUtf8(index);
    }

    @Override
    public final String getStringUtf8(final int index, final ByteOrder byteOrder) {
        requireGranted();
        return super.getStringUtf8(index, byteOrder);
    }

    @Override
    public final String getStringUtf8(final int index, final int length) {
        requireGranted();
        return super.getStringUtf8(index, length);
    }

    @Override
    public final String getStringWithoutLengthUtf8(final int index, final int length) {
        requireGranted();
        return super.getStringWithoutLengthUtf8(index, length);
    }

    @Override
    public final int parseNaturalIntAscii(final int index, final int length) {
        requireGranted();
        return super.parseNaturalIntAscii(index, length);
    }

    @Override
    public final long parseNaturalLongAscii(final int index, final int length) {
        requireGranted();
        return super.parseNaturalLongAscii(index, length);
    }

    @Override
    public final int parseIntAscii(final int index, final int length) {
        requireGranted();
        return super.parseIntAscii(index, length);
    }

    @Override
    public final long parseLongAscii(final int index, final int length) {
        requireGranted();
        return super.parseLongAscii(index, length);
    }

    @Override
    public final void boundsCheck(final int index, final int length) {
        requireGranted();
        super.boundsCheck(index, length);
    }
}

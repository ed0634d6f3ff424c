package io.outrider.marshal;

import io.outrider.error.OutriderException;
import io.outrider.error.SerializationException;
import io.outrider.marshal.block.IncomingBlocks;
import io.outrider.marshal.graph.GraphCodec;
import io.outrider.marshal.graph.value.Buffers;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the values of one message after another, in the order in which a {@link ValueWriter} put them. For one thread
 * at a time; never blocks. A message begins with {@link #wrap}; its bytes must stay as they are until the last get.
 *
 * <p>Bytes that no writer put there are met with {@link SerializationException}: a read past the end, a length that the
 * message can't hold, an object that can't be rebuilt. No memory is claimed for more elements than the message has bytes.
 */
public final class ValueReader {
    private static final int NO_BLOCK = -1;

    private final Marshaller marshaller;
    private final UnsafeBuffer buffer = new UnsafeBuffer();
    private final byte[] scratch = new byte[Layout.SCRATCH_BYTES];
    private final IncomingBlocks blocks;
    // Where its bytes are: what is taken is within them, so that it needs no other check.
    private byte @Nullable [] array;
    private long address;
    private int position;
    private int limit;
    // Where the elements of the array are that is being read.
    private DirectBuffer elements = buffer;
    private int elementsIndex;
    private int elementsBlock = NO_BLOCK;
    private @Nullable GraphCodec graph;

    /** @param marshaller decides how objects are decoded, and must have the rules of the writer's */
    public ValueReader(final Marshaller marshaller) {
        this(marshaller, IncomingBlocks.NONE);
    }

    /**
     * @param marshaller decides how objects are decoded, and must have the rules of the writer's
     * @param blocks that come with the messages
     */
    public ValueReader(final Marshaller marshaller, final IncomingBlocks blocks) {
        this.marshaller = marshaller;
        this.blocks = blocks;
    }

    /**
     * Begins a new message; what was left of the last one is forgotten.
     *
     * @param buffer holds the values
     * @param offset of the first value in it, in bytes
     * @param length of all values together, in bytes
     */
    public void wrap(final DirectBuffer buffer, final int offset, final int length) {
        releaseGraph();
        elementsBlock = NO_BLOCK;
        this.buffer.wrap(buffer, offset, length);
        array = this.buffer.byteArray();
        address = this.buffer.addressOffset();
        position = 0;
        limit = length;
    }

    /**
     * What is left of the message.
     *
     * @return bytes
     */
    public int remaining() {
        return limit - position;
    }

    /** Takes the next byte: true unless it is 0. */
    public boolean getBoolean() {
        return buffer.getByte(take(Byte.BYTES)) != 0;
    }

    /** Takes the next byte. */
    public byte getByte() {
        return UnsafeApi.getByte(array, take(Byte.BYTES) + address);
    }

    /** Takes the next 2 bytes. */
    public short getShort() {
        return UnsafeApi.getShort(array, take(Short.BYTES) + address);
    }

    /** Takes the next 2 bytes. */
    public char getChar() {
        return UnsafeApi.getChar(array, take(Character.BYTES) + address);
    }

    /** Takes the next 4 bytes. */
    public int getInt() {
        return UnsafeApi.getInt(array, take(Integer.BYTES) + address);
    }

    /** Takes the next 8 bytes. */
    public long getLong() {
        return UnsafeApi.getLong(array, take(Long.BYTES) + address);
    }

    /** Takes the next 4 bytes. */
    public float getFloat() {
        return UnsafeApi.getFloat(array, take(Float.BYTES) + address);
    }

    /** Takes the next 8 bytes. */
    public double getDouble() {
        return UnsafeApi.getDouble(array, take(Double.BYTES) + address);
    }

    /** Takes a string or null. */
    public @Nullable String getString() {
        final int prefix = getInt();
        if (prefix == Layout.NULL) {
            return null;
        }
        if (Layout.isWide(prefix)) {
            final int length = Layout.wideLength(prefix);
            return Layout.getWide(buffer, takeElements(length, Character.BYTES), length);
        }
        return Layout.getLatin1(buffer, takeElements(prefix, Byte.BYTES), prefix, scratch);
    }

    /** Takes an array or null. */
    public boolean @Nullable [] getBooleans() {
        final int length = beginElements(Layout.BOOLEANS);
        if (length == Layout.NULL) {
            return null;
        }
        final boolean[] values = new boolean[length];
        // One by one: a boolean in the heap must be 0 or 1, whatever the message holds.
        for (int i = 0; i < length; i++) {
            values[i] = elements.getByte(elementsIndex + i) != 0;
        }
        endElements();
        return values;
    }

    /** Takes an array or null. */
    public byte @Nullable [] getBytes() {
        final int length = beginElements(Layout.BYTES);
        if (length == Layout.NULL) {
            return null;
        }
        final byte[] values = new byte[length];
        Layout.BYTES.read(elements, elementsIndex, values, length);
        endElements();
        return values;
    }

    /** Takes an array or null. */
    public short @Nullable [] getShorts() {
        final int length = beginElements(Layout.SHORTS);
        if (length == Layout.NULL) {
            return null;
        }
        final short[] values = new short[length];
        Layout.SHORTS.read(elements, elementsIndex, values, length);
        endElements();
        return values;
    }

    /** Takes an array or null. */
    public char @Nullable [] getChars() {
        final int length = beginElements(Layout.CHARS);
        if (length == Layout.NULL) {
            return null;
        }
        final char[] values = new char[length];
        Layout.CHARS.read(elements, elementsIndex, values, length);
        endElements();
        return values;
    }

    /** Takes an array or null. */
    public int @Nullable [] getInts() {
        final int length = beginElements(Layout.INTS);
        if (length == Layout.NULL) {
            return null;
        }
        final int[] values = new int[length];
        Layout.INTS.read(elements, elementsIndex, values, length);
        endElements();
        return values;
    }

    /** Takes an array or null. */
    public long @Nullable [] getLongs() {
        final int length = beginElements(Layout.LONGS);
        if (length == Layout.NULL) {
            return null;
        }
        final long[] values = new long[length];
        Layout.LONGS.read(elements, elementsIndex, values, length);
        endElements();
        return values;
    }

    /** Takes an array or null. */
    public float @Nullable [] getFloats() {
        final int length = beginElements(Layout.FLOATS);
        if (length == Layout.NULL) {
            return null;
        }
        final float[] values = new float[length];
        Layout.FLOATS.read(elements, elementsIndex, values, length);
        endElements();
        return values;
    }

    /** Takes an array or null. */
    public double @Nullable [] getDoubles() {
        final int length = beginElements(Layout.DOUBLES);
        if (length == Layout.NULL) {
            return null;
        }
        final double[] values = new double[length];
        Layout.DOUBLES.read(elements, elementsIndex, values, length);
        endElements();
        return values;
    }

    /**
     * Reads a record component by component.
     *
     * @param type its class, as the contract declares it
     * @return the next value, a new record or null
     */
    public @Nullable Record getRecord(final Class<?> type) {
        if (!getBoolean()) {
            return null;
        }
        try {
            return (Record) marshaller.recordCodec(type).read(this);
        } catch (final OutriderException failure) {
            throw failure;
        } catch (final RuntimeException thrown) { // by the record's own constructor
            throw new SerializationException(
                    "a " + type.getName() + " can't be made from what was sent: " + thrown, thrown);
        }
    }

    /** Takes an object that the writer was given, as a copy or, a loan or a buffer, in place; or null. */
    public @Nullable Object getObject() {
        final int prefix = getInt();
        return switch (prefix) {
            case Layout.NULL -> null;
            case Layout.LOAN -> blocks.takeLoan(getInt());
            case Layout.BUFFER -> {
                final int length = getInt();
                yield blocks.view(buffer, takeElements(length, Byte.BYTES), length);
            }
            case Layout.BUFFER_IN_BLOCK -> {
                final int length = getInt();
                yield blocks.viewOfBlock(getInt(), length);
            }
            case Layout.BYTE_BUFFER_IN_BLOCK -> getByteBuffer();
            default -> getGraph(prefix);
        };
    }

    private ByteBuffer getByteBuffer() {
        final int length = getInt();
        final int index = getInt();
        final byte flags = getByte();
        final int at = getInt();
        final DirectBuffer block = blocks.block(index, length);
        final ByteBuffer copy = Buffers.newBuffer(flags, length);
        block.getBytes(0, copy, 0, length);
        blocks.done(index);
        try {
            return Buffers.restore(flags, copy, at);
        } catch (final IllegalArgumentException e) {
            throw new SerializationException(
                    "a byte buffer stands at " + at + " of " + length + ": the message is damaged", e);
        }
    }

    private @Nullable Object getGraph(final int length) {
        final int index = takeElements(length, Byte.BYTES);
        final GraphCodec codec = graph == null ? marshaller.borrow() : graph;
        // Only a codec that has come through is kept: after any failure its state can't be trusted.
        graph = null;
        final Object value = codec.decode(buffer, index, length, blocks);
        graph = codec;
        if (position == limit) {
            // Nothing more can refer to the objects of this message, so nothing is kept of it while the reader is idle.
            releaseGraph();
        }
        return value;
    }

    /** Begins a value that has no objects in common with those before it, where the writer did so. */
    public void separate() {
        releaseGraph();
    }

    /** Finds the elements of an array, in the message or in a block; null has the length {@link Layout#NULL}. */
    private int beginElements(final Layout.Elements layout) {
        final int prefix = getInt();
        if (!Layout.isInBlock(prefix)) {
            elements = buffer;
            elementsIndex = prefix == Layout.NULL ? position : takeElements(prefix, layout.bytesEach());
            return prefix;
        }
        final int length = Layout.lengthInBlock(prefix);
        final int index = getInt();
        elements = blocks.block(index, (long) length * layout.bytesEach());
        elementsIndex = 0;
        elementsBlock = index;
        return length;
    }

    private void endElements() {
        if (elementsBlock != NO_BLOCK) {
            blocks.done(elementsBlock);
            elementsBlock = NO_BLOCK;
        }
    }

    private int take(final int bytes) {
        final int index = position;
        if (bytes > limit - index) {
            throw endOfMessage(bytes);
        }
        position = index + bytes;
        return index;
    }

    private int takeElements(final int length, final int bytesEach) {
        if (length < 0) {
            throw new SerializationException("a value declares the length " + length + ": the message is damaged");
        }
        final long bytes = (long) length * bytesEach;
        if (bytes > limit - position) {
            throw endOfMessage(bytes);
        }
        final int index = position;
        position = index + (int) bytes;
        return index;
    }

    private SerializationException endOfMessage(final long bytes) {
        return new SerializationException("a value of " + bytes + " bytes is read where the message has "
                + (limit - position) + " left: it is damaged, or was written by another contract");
    }

    private void releaseGraph() {
        if (graph != null) {
            marshaller.giveBack(graph);
            graph = null;
        }
    }
}

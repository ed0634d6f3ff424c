package io.outrider.marshal;

import io.outrider.api.Loan;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.SerializationException;
import io.outrider.marshal.block.OutgoingBlocks;
import io.outrider.marshal.graph.GraphCodec;
import io.outrider.marshal.graph.value.Buffers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the values of one message after another into direct memory of its own, which grows as needed. For one thread at
 * a time; never blocks, and knows no peer. A message begins with {@link #reset} and ends with the next {@code reset} or
 * with {@link #trim}; until then, an object that was put twice is encoded once, and arrives as one object.
 *
 * <p>A body that would become larger than the limit is refused with {@link PayloadTooLargeException}, and a value that
 * can't be sent with {@link SerializationException}; after either, start over with {@code reset}.
 */
public final class ValueWriter {
    private static final int INITIAL_BYTES = 4096;
    private static final int KEPT_BYTES = 1 << 20;
    private static final int MAX_BUFFER_BYTES = Integer.MAX_VALUE - 8;

    private final Marshaller marshaller;
    private final int maxLength;
    private final OutgoingBlocks blocks;
    // Always the same object, so that a caller may keep it; growth wraps it around new memory.
    private final UnsafeBuffer buffer = new UnsafeBuffer();

    private final byte[] scratch = new byte[Layout.SCRATCH_BYTES];

    private long address; // of that memory, within which claims are: what is put there needs no other check
    private int headerLength;
    private int position;
    // Bytes that may be used without asking for more: never beyond the limit of the body, even if the memory is there.
    private int capacity;
    // Bytes of this message that are in blocks: they count as body.
    private long inBlocks;
    private boolean bodyEnded;
    private boolean holdsBuffer;
    private @Nullable GraphCodec graph;

    /**
     * Makes a writer of messages that take no blocks along.
     *
     * @param marshaller decides how objects are encoded
     * @param maxLength the most bytes that the body of one message may have, without its header
     */
    public ValueWriter(final Marshaller marshaller, final int maxLength) {
        this(marshaller, maxLength, OutgoingBlocks.NONE);
    }

    /**
     * Makes a writer.
     *
     * @param marshaller decides how objects are encoded
     * @param maxLength the most bytes that the body of one message may have, without its header; loans do not count, and the
     *     contents of arrays do wherever they are
     * @param blocks takes loans, and the contents of large arrays
     */
    public ValueWriter(final Marshaller marshaller, final int maxLength, final OutgoingBlocks blocks) {
        if (maxLength < 0) {
            throw new IllegalArgumentException("maxLength must not be negative: " + maxLength);
        }
        this.marshaller = marshaller;
        this.maxLength = maxLength;
        this.blocks = blocks;
        allocate(INITIAL_BYTES);
    }

    /**
     * Begins a new message; what the last one held is forgotten.
     *
     * @param headerLength bytes at the start that belong to the caller, and do not count as body
     */
    public void reset(final int headerLength) {
        releaseGraph();
        if (headerLength < 0) {
            throw new IllegalArgumentException("headerLength must not be negative: " + headerLength);
        }
        this.headerLength = headerLength;
        inBlocks = 0;
        bodyEnded = false;
        holdsBuffer = false;
        position = 0;
        if (headerLength > buffer.capacity()) {
            allocate(headerLength);
        }
        capacity = (int) Math.min(buffer.capacity(), limit());
        position = headerLength;
    }

    /**
     * The size of the message so far.
     *
     * @return bytes, header included
     */
    public int length() {
        return position;
    }

    /** Ends what the limit is for, and makes room in {@link #buffer} for so many bytes of the sender's own; says where. */
    public int endBody(final int bytes) {
        bodyEnded = true;
        capacity = buffer.capacity();
        return claim(bytes);
    }

    /**
     * Whether the message holds a buffer that its reader is to read where it lies.
     *
     * @return true if an Agrona buffer was put and is not in a block
     */
    public boolean holdsBuffer() {
        return holdsBuffer;
    }

    /** Whether the message is its bytes and nothing else, neither blocks nor a buffer to be read where it lies. */
    public boolean isPlain() {
        return !holdsBuffer && blocks.count() == 0;
    }

    /**
     * The memory that holds the message in bytes 0 to {@link #length()}. What is read from it is valid until the next put
     * or reset.
     *
     * @return always the same buffer, wrapped around memory that growth may replace
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Lets go of the objects that were put, since nothing more will be; what was put stays to be read. */
    public void complete() {
        releaseGraph();
    }

    /** Ends the message: lets go of the objects that were put, and of memory beyond 1 MiB. */
    public void trim() {
        releaseGraph();
        if (buffer.capacity() > KEPT_BYTES) {
            position = 0;
            allocate(INITIAL_BYTES);
        }
    }

    /**
     * Copies what was put.
     *
     * @return the message without its header
     */
    public byte[] body() {
        final byte[] body = new byte[position - headerLength];
        buffer.getBytes(headerLength, body);
        return body;
    }

    /**
     * Puts all of another message.
     *
     * @param body as {@link #body()} gave it
     */
    public void putBody(final byte[] body) {
        buffer.putBytes(claim(body.length), body);
    }

    /** Puts 1 byte, 0 or 1. */
    public void putBoolean(final boolean value) {
        putByte(value ? (byte) 1 : 0);
    }

    /** Puts 1 byte. */
    public void putByte(final byte value) {
        UnsafeApi.putByte(claim(Byte.BYTES) + address, value);
    }

    /** Puts 2 bytes. */
    public void putShort(final short value) {
        UnsafeApi.putShort(claim(Short.BYTES) + address, value);
    }

    /** Puts 2 bytes. */
    public void putChar(final char value) {
        UnsafeApi.putChar(claim(Character.BYTES) + address, value);
    }

    /** Puts 4 bytes. */
    public void putInt(final int value) {
        UnsafeApi.putInt(claim(Integer.BYTES) + address, value);
    }

    /** Puts 8 bytes. */
    public void putLong(final long value) {
        UnsafeApi.putLong(claim(Long.BYTES) + address, value);
    }

    /** Puts 4 bytes, NaN bits kept. */
    public void putFloat(final float value) {
        UnsafeApi.putFloat(claim(Float.BYTES) + address, value);
    }

    /** Puts 8 bytes, NaN bits kept. */
    public void putDouble(final double value) {
        UnsafeApi.putDouble(claim(Double.BYTES) + address, value);
    }

    /** Puts 1 byte per character if all are Latin-1 and in 2 otherwise, after 4 bytes of length. */
    public void putString(final @Nullable String value) {
        if (value == null) {
            putInt(Layout.NULL);
        } else if (Layout.isLatin1(value)) {
            final int length = value.length();
            Layout.putLatin1(buffer, claimSized(length, Byte.BYTES, length), value, scratch);
        } else {
            final int length = value.length();
            Layout.putWide(buffer, claimSized(length, Character.BYTES, Layout.widePrefix(length)), value);
        }
    }

    /** Puts 4 bytes of length and the elements, in 1 byte each; or null. */
    public void putBooleans(final boolean @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.BOOLEANS);
        }
    }

    /** Puts 4 bytes of length and the elements, as they are; or null. */
    public void putBytes(final byte @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.BYTES);
        }
    }

    /** Puts 4 bytes of length and the elements, in 2 bytes each; or null. */
    public void putShorts(final short @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.SHORTS);
        }
    }

    /** Puts 4 bytes of length and the elements, in 2 bytes each; or null. */
    public void putChars(final char @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.CHARS);
        }
    }

    /** Puts 4 bytes of length and the elements, in 4 bytes each; or null. */
    public void putInts(final int @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.INTS);
        }
    }

    /** Puts 4 bytes of length and the elements, in 8 bytes each; or null. */
    public void putLongs(final long @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.LONGS);
        }
    }

    /** Puts 4 bytes of length and the elements, in 4 bytes each; or null. */
    public void putFloats(final float @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.FLOATS);
        }
    }

    /** Puts 4 bytes of length and the elements, in 8 bytes each; or null. */
    public void putDoubles(final double @Nullable [] values) {
        if (values == null) {
            putInt(Layout.NULL);
        } else {
            putElements(values, values.length, Layout.DOUBLES);
        }
    }

    /**
     * Writes a record component by component, after 1 byte that tells null. What its components share among them and with the
     * objects of this message stays shared; that two values are the same record does not.
     *
     * @param value the record, or null
     * @param type its class, as the contract declares it
     */
    public void putRecord(final @Nullable Record value, final Class<?> type) {
        putBoolean(value != null);
        if (value != null) {
            marshaller.recordCodec(type).write(value, this);
        }
    }

    /**
     * Puts 4 bytes of length and a graph: an object with all that it reaches and that this message does not hold yet; or
     * null. A loan is handed over as it is, and so is the memory of a large buffer.
     *
     * @param value the root
     */
    public void putObject(final @Nullable Object value) {
        if (value == null) {
            putInt(Layout.NULL);
        } else if (value instanceof Loan loan) {
            final int index = blocks.putLoan(loan);
            putLong(Layout.loan(index));
        } else if (value instanceof DirectBuffer direct) {
            putBuffer(direct);
        } else if (!(value instanceof ByteBuffer bytes && tryPutByteBuffer(bytes))) {
            putGraph(value);
        }
    }

    private void putBuffer(final DirectBuffer source) {
        final int bytes = source.capacity();
        final MutableDirectBuffer block = tryBlock(bytes);
        if (block == null) {
            putInt(Layout.BUFFER);
            buffer.putBytes(claimSized(bytes, Byte.BYTES, bytes), source, 0, bytes);
            holdsBuffer = true;
        } else {
            block.putBytes(0, source, 0, bytes);
            putInt(Layout.BUFFER_IN_BLOCK);
            putInt(bytes);
            putInt(blocks.count() - 1);
        }
    }

    private boolean tryPutByteBuffer(final ByteBuffer source) {
        final int bytes = source.limit();
        final MutableDirectBuffer block = tryBlock(bytes);
        if (block == null) {
            return false;
        }
        block.putBytes(0, source, 0, bytes);
        putInt(Layout.BYTE_BUFFER_IN_BLOCK);
        putInt(bytes);
        putInt(blocks.count() - 1);
        putByte((byte) Buffers.flagsOf(source));
        putInt(source.position());
        return true;
    }

    private void putGraph(final Object value) {
        final GraphCodec codec = graph == null ? marshaller.borrow() : graph;
        // Only a codec that has come through is kept: after any failure its state can't be trusted.
        graph = null;
        final int length = encode(codec, value);
        putBytes(codec.encoded(), length);
        graph = codec;
    }

    /** A graph that is too large is told by the size of the whole body and the configured maximum, as any other value is. */
    private int encode(final GraphCodec codec, final Object value) {
        final int before = position - headerLength + Integer.BYTES;
        try {
            return codec.encode(value, bytesLeft(), blocks);
        } catch (final PayloadTooLargeException tooLarge) {
            final long bytes = tooLarge.bytes() > Long.MAX_VALUE - before ? Long.MAX_VALUE : tooLarge.bytes() + before;
            throw new PayloadTooLargeException("value", bytes + inBlocks, maxLength);
        }
    }

    /**
     * Begins a value that has no objects in common with those before it in this message, such as the next one of a stream: an
     * object that was put before is encoded again, as it is now. The reader must {@link ValueReader#separate} here too.
     */
    public void separate() {
        releaseGraph();
    }

    /**
     * Goes back to a position of this message, so that what was put since is overwritten. Only what was put after a
     * {@link #separate}, or never referred to before that, can be taken back.
     *
     * @param position as {@link #length()} gave it since the last reset
     */
    public void rewind(final int position) {
        this.position = position;
    }

    /**
     * The room for one more value that has a length before it.
     *
     * @return bytes of the value, without its length
     */
    int bytesLeft() {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, limit()) - position - Integer.BYTES);
    }

    void putBytes(final byte[] values, final int length) {
        final int index = claimSized(length, Byte.BYTES, length);
        buffer.putBytes(index, values, 0, length);
    }

    private void putElements(final Object values, final int length, final Layout.Elements layout) {
        final MutableDirectBuffer block = tryBlock((long) length * layout.bytesEach());
        if (block == null) {
            layout.write(values, length, buffer, claimSized(length, layout.bytesEach(), length));
        } else {
            layout.write(values, length, block, 0);
            putInt(Layout.inBlockPrefix(length));
            putInt(blocks.count() - 1);
        }
    }

    /** A block for contents that are worth one; null if they are not, or none is to be had at once: they go inline then. */
    private @Nullable MutableDirectBuffer tryBlock(final long bytes) {
        if (bytes < Layout.BLOCK_BYTES) {
            return null;
        }
        final long needed = position + Integer.BYTES + bytes;
        if (needed > limit()) {
            throw tooLarge(needed);
        }
        final MutableDirectBuffer block = blocks.tryPutBlock(bytes);
        if (block != null) {
            inBlocks += bytes - Integer.BYTES; // the index of the block stands for them
            capacity = (int) Math.min(buffer.capacity(), limit());
        }
        return block;
    }

    private PayloadTooLargeException tooLarge(final long needed) {
        return new PayloadTooLargeException("value", needed - headerLength + inBlocks, maxLength);
    }

    private int claimSized(final int length, final int bytesEach, final int prefix) {
        final long bytes = (long) length * bytesEach;
        if (bytes > capacity - position - Integer.BYTES) {
            grow(bytes + Integer.BYTES);
        }
        final int index = position;
        buffer.putInt(index, prefix);
        position = index + Integer.BYTES + (int) bytes;
        return index + Integer.BYTES;
    }

    private int claim(final int bytes) {
        if (bytes > capacity - position) {
            grow(bytes);
        }
        final int index = position;
        position = index + bytes;
        return index;
    }

    private long limit() {
        return bodyEnded ? MAX_BUFFER_BYTES : headerLength + maxLength - inBlocks;
    }

    private void grow(final long bytes) {
        final long needed = position + bytes;
        final long limit = Math.min(limit(), MAX_BUFFER_BYTES);
        if (needed > limit) {
            throw tooLarge(needed);
        }
        allocate((int) Math.min(limit, Math.max(needed, 2L * buffer.capacity())));
    }

    private void allocate(final int bytes) {
        final ByteBuffer memory;
        try {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        } catch (final OutOfMemoryError e) {
            throw new SerializationException(
                    "no direct memory for a message of " + bytes + " bytes: raise -XX:MaxDirectMemorySize", e);
        }
        if (position > 0) {
            buffer.getBytes(0, memory, 0, position);
        }
        buffer.wrap(memory);
        address = buffer.addressOffset();
        capacity = (int) Math.min(bytes, limit());
    }

    private void releaseGraph() {
        if (graph != null) {
            marshaller.giveBack(graph);
            graph = null;
        }
    }
}

package io.outrider.marshal.graph.wire;

import com.esotericsoftware.kryo.io.Input;
import io.outrider.marshal.block.IncomingBlocks;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * The bytes of one graph in a heap buffer of its own. For one thread at a time. Every length that a graph declares is
 * checked against the bytes that are left before memory is claimed for it: Kryo's own reads are not used where they don't.
 */
public final class GraphInput extends Input {
    private static final int INITIAL_BYTES = 1024;

    private IncomingBlocks blocks = IncomingBlocks.NONE;

    public GraphInput() {
        super(INITIAL_BYTES);
    }

    public void fill(final DirectBuffer source, final int index, final int length, final IncomingBlocks cameWith) {
        blocks = cameWith;
        final byte[] bytes = length <= buffer.length ? buffer : new byte[length];
        source.getBytes(index, bytes, 0, length);
        setBuffer(bytes, 0, length);
    }

    /** The loans that came with the graph. */
    public IncomingBlocks blocks() {
        return blocks;
    }

    public void shrinkTo(final int bytes) {
        if (buffer.length > bytes) {
            setBuffer(new byte[INITIAL_BYTES], 0, 0);
        }
    }

    public int remaining() {
        return limit - position;
    }

    /**
     * Reads how many elements follow.
     *
     * @param input a {@code GraphInput}
     * @return a number of elements that the bytes left can hold, with at least 1 byte each
     */
    public static int readSize(final Input input) {
        return ((GraphInput) input).readLength(Byte.BYTES);
    }

    public int readLength(final int bytesEach) {
        return checked(readVarInt(true), bytesEach);
    }

    private int checked(final long length, final int bytesEach) {
        if (length < 0 || length * bytesEach > remaining()) {
            throw new Refusal("a length of " + length + " is declared where " + remaining()
                    + " bytes are left: the message is damaged");
        }
        return (int) length;
    }

    @Override
    public byte[] readBytes(final int length) {
        return super.readBytes(checked(length, Byte.BYTES));
    }

    /** Reads what {@link GraphOutput#writeString} wrote. */
    @Override
    @SuppressWarnings("NullAway") // Kryo's classes carry no nullness; null is what it answers for a null string.
    public String readString() {
        final long prefix = readVarLong(true);
        if (prefix == 0) {
            return null;
        }
        final boolean wide = ((prefix - 1) & 1) != 0;
        final int length = checked((prefix - 1) >>> 1, wide ? Character.BYTES : Byte.BYTES);
        if (!wide) {
            final String value = new String(buffer, position, length, StandardCharsets.ISO_8859_1);
            position += length;
            return value;
        }
        final char[] wideChars = new char[length];
        for (int i = 0; i < length; i++) {
            wideChars[i] = (char) ((buffer[position++] & 0xff) | (buffer[position++] << Byte.SIZE));
        }
        return new String(wideChars);
    }

    public String readText() {
        final String text = readString();
        if (text == null) {
            throw new Refusal("a name is missing: the message is damaged");
        }
        return text;
    }
}

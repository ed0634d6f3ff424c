package io.outrider.marshal.graph.wire;

import com.esotericsoftware.kryo.io.Output;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.marshal.block.OutgoingBlocks;

/** A growing heap buffer for one graph, with a limit that is met by a typed error. For one thread at a time. */
public final class GraphOutput extends Output {
    private static final int INITIAL_BYTES = 1024;

    private OutgoingBlocks blocks = OutgoingBlocks.NONE;

    public GraphOutput() {
        super(INITIAL_BYTES, -1);
    }

    public void begin(final int maxBytes, final OutgoingBlocks takesLoans) {
        blocks = takesLoans;
        position = 0;
        maxCapacity = maxBytes;
        // The buffer is kept from graph to graph and may be larger than this graph is allowed to become.
        capacity = Math.min(buffer.length, maxBytes);
    }

    /** Takes the loans in the graph. */
    public OutgoingBlocks blocks() {
        return blocks;
    }

    public void shrinkTo(final int bytes) {
        if (buffer.length > bytes) {
            setBuffer(new byte[INITIAL_BYTES], -1);
        }
    }

    @Override
    protected boolean require(final int required) {
        final long needed = (long) position + required;
        if (required < 0 || needed > maxCapacity) {
            throw new PayloadTooLargeException("value", required < 0 ? Long.MAX_VALUE : needed, maxCapacity);
        }
        return super.require(required);
    }

    /** Writes a string as a varint of {@code (length << 1 | wide) + 1}, 0 for null, and 1 or 2 bytes per character. */
    @Override
    @SuppressWarnings("deprecation") // The deprecated getBytes is the one that copies Latin-1 without a new array.
    public void writeString(final String value) {
        if (value == null) {
            writeByte(0);
            return;
        }
        final int length = value.length();
        final boolean wide = !isLatin1(value);
        writeVarLong(((long) length << 1 | (wide ? 1 : 0)) + 1, true);
        if (wide) {
            if (length > Integer.MAX_VALUE / Character.BYTES) {
                throw new PayloadTooLargeException("value", (long) length * Character.BYTES, maxCapacity);
            }
            require(length * Character.BYTES);
            for (int i = 0; i < length; i++) {
                final char c = value.charAt(i);
                buffer[position++] = (byte) c;
                buffer[position++] = (byte) (c >>> Byte.SIZE);
            }
        } else {
            require(length);
            value.getBytes(0, length, buffer, position);
            position += length;
        }
    }

    private static boolean isLatin1(final String value) {
        int all = 0;
        for (int i = 0, length = value.length(); i < length; i++) {
            all |= value.charAt(i);
        }
        return all <= 0xff;
    }
}

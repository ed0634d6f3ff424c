package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Refusal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Byte buffers: the bytes up to the limit, with position, limit and order, on the heap or direct, writable or not. The
 * capacity beyond the limit is not sent: the limit becomes the capacity. Stateless.
 */
public final class Buffers {
    /** Stands for all classes of byte buffers in a message. */
    public interface Form {}

    private static final int DIRECT = 1;
    private static final int BIG_ENDIAN = 2;
    private static final int READ_ONLY = 4;

    private Buffers() {}

    /** How a buffer is, besides its bytes. */
    public static int flagsOf(final ByteBuffer buffer) {
        return (buffer.isDirect() ? DIRECT : 0)
                | (buffer.order() == ByteOrder.BIG_ENDIAN ? BIG_ENDIAN : 0)
                | (buffer.isReadOnly() ? READ_ONLY : 0);
    }

    /** Makes a buffer on the heap or direct, for {@link #restore}. */
    public static ByteBuffer newBuffer(final int flags, final int length) {
        return (flags & DIRECT) != 0 ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
    }

    /**
     * Makes a filled buffer what the other was.
     *
     * @throws IllegalArgumentException if the position lies outside of it
     */
    public static ByteBuffer restore(final int flags, final ByteBuffer filled, final int position) {
        final ByteBuffer buffer = (flags & READ_ONLY) != 0 ? filled.asReadOnlyBuffer() : filled;
        return buffer.position(position)
                .order((flags & BIG_ENDIAN) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    public static void write(final Output output, final ByteBuffer buffer) {
        output.writeByte(flagsOf(buffer));
        final byte[] bytes = new byte[buffer.limit()];
        // A duplicate, because the sender's position is not ours to move.
        buffer.duplicate().rewind().get(bytes);
        Scalars.writeBytes(output, bytes);
        output.writeVarInt(buffer.position(), true);
    }

    public static ByteBuffer read(final Input input) {
        final int flags = input.readByte();
        final byte[] bytes = Scalars.readBytes(input);
        final int position = input.readVarInt(true);
        if (position < 0 || position > bytes.length) {
            throw new Refusal(
                    "a byte buffer stands at " + position + " of " + bytes.length + ": the message is damaged");
        }
        final ByteBuffer filled =
                (flags & DIRECT) != 0 ? newBuffer(flags, bytes.length).put(bytes) : ByteBuffer.wrap(bytes);
        return restore(flags, filled, position);
    }
}

package io.outrider.protocol.control;

import io.outrider.error.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Collects the body of one {@link ControlMessage}. For one thread; never blocks. */
final class ControlWriter {
    static final Charset CHARSET = StandardCharsets.UTF_8;

    private static final int BITS_PER_BYTE = 8;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    ControlWriter putFlag(final boolean value) {
        body.write(value ? 1 : 0);
        return this;
    }

    ControlWriter putInt(final int value) {
        put(value, Integer.BYTES);
        return this;
    }

    ControlWriter putLong(final long value) {
        put(value, Long.BYTES);
        return this;
    }

    ControlWriter putText(final String value) {
        return putBytes(CHARSET.encode(value));
    }

    ControlWriter putBytes(final ByteBuffer value) {
        final byte[] bytes = new byte[value.remaining()];
        value.get(value.position(), bytes);
        putInt(bytes.length);
        body.writeBytes(bytes);
        return this;
    }

    ByteBuffer frame(final short type) {
        final int length = body.size();
        if (length > ControlFrameDescriptor.MAX_BODY_LENGTH) {
            throw new ProtocolException("a control message of " + length + " bytes is longer than the "
                    + ControlFrameDescriptor.MAX_BODY_LENGTH + " that one may be: let the initializer capture less");
        }
        final ByteBuffer frame = ByteBuffer.allocate(ControlFrameDescriptor.HEADER_LENGTH + length);
        frame.putInt(ControlFrameDescriptor.LENGTH_OFFSET, length);
        frame.putShort(ControlFrameDescriptor.VERSION_OFFSET, (short) ControlFrameDescriptor.VERSION);
        frame.putShort(ControlFrameDescriptor.TYPE_OFFSET, type);
        frame.put(ControlFrameDescriptor.HEADER_LENGTH, body.toByteArray());
        return frame;
    }

    private void put(final long value, final int length) {
        for (int shift = (length - 1) * BITS_PER_BYTE; shift >= 0; shift -= BITS_PER_BYTE) {
            body.write((int) (value >>> shift));
        }
    }
}

package io.outrider.marshal.serial;

import io.outrider.error.PayloadTooLargeException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** A growing heap buffer for one graph, with a limit that is met by a typed error. For one thread at a time. */
final class LimitedOutput extends OutputStream {
    private static final int INITIAL_BYTES = 1024;

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int length;
    private int maxBytes;

    void begin(final int limit) {
        length = 0;
        maxBytes = limit;
    }

    int length() {
        return length;
    }

    byte[] buffer() {
        return buffer;
    }

    void shrinkTo(final int bytes) {
        if (buffer.length > bytes) {
            buffer = new byte[INITIAL_BYTES];
        }
    }

    @Override
    public void write(final int value) {
        final int index = claim(Byte.BYTES);
        buffer[index] = (byte) value;
    }

    @Override
    public void write(final byte[] bytes, final int offset, final int count) {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        final int index = claim(count);
        System.arraycopy(bytes, offset, buffer, index, count);
    }

    private int claim(final int bytes) {
        final int index = length;
        final long needed = (long) index + bytes;
        if (needed > maxBytes) {
            throw new PayloadTooLargeException("value", needed, maxBytes);
        }
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(maxBytes, Math.max(needed, 2L * buffer.length)));
        }
        length = (int) needed;
        return index;
    }
}

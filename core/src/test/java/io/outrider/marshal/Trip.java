package io.outrider.marshal;

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Sends values from one set of rules to another, through bytes in a place where they did not begin. */
final class Trip {
    static final int MAX_BYTES = 1 << 24;
    private static final int HEADER = 24;

    private final Marshaller from;
    private final Marshaller to;

    Trip(Marshaller from, Marshaller to) {
        this.from = from;
        this.to = to;
    }

    static Trip open() {
        Marshaller marshaller = Marshaller.open(Trip.class.getClassLoader());
        return new Trip(marshaller, marshaller);
    }

    @SuppressWarnings("unchecked")
    <T> T send(T value) {
        return (T) decode(encode(value));
    }

    byte[] encode(@Nullable Object value) {
        ValueWriter writer = new ValueWriter(from, MAX_BYTES);
        writer.reset(HEADER);
        writer.putObject(value);
        byte[] bytes = new byte[writer.length() - HEADER];
        writer.buffer().getBytes(HEADER, bytes);
        return bytes;
    }

    @Nullable
    Object decode(byte[] bytes) {
        ExpandableArrayBuffer elsewhere = new ExpandableArrayBuffer(bytes.length + 8);
        elsewhere.putBytes(5, bytes);
        ValueReader reader = new ValueReader(to);
        reader.wrap(elsewhere, 5, bytes.length);
        Object value = reader.getObject();
        if (reader.remaining() != 0) {
            throw new AssertionError(reader.remaining() + " bytes left");
        }
        return value;
    }

    static UnsafeBuffer bytesOf(ValueWriter writer) {
        byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}

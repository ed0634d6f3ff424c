package io.outrider.stream;

import io.outrider.error.SerializationException;
import io.outrider.marshal.ValueKinds;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.model.ValueKind;

/** How the values of a stream stand in a frame, one behind the other. Stateless. */
final class Elements {
    private Elements() {}

    static void put(final ValueKind kind, final Class<?> element, final Object value, final ValueWriter writer) {
        switch (kind) {
            case BOOLEAN -> writer.putBoolean((Boolean) value);
            case BYTE -> writer.putByte((Byte) value);
            case SHORT -> writer.putShort((Short) value);
            case CHAR -> writer.putChar((Character) value);
            case INT -> writer.putInt((Integer) value);
            case LONG -> writer.putLong((Long) value);
            case FLOAT -> writer.putFloat((Float) value);
            case DOUBLE -> writer.putDouble((Double) value);
            case STRING -> writer.putString((String) value);
            case BOOLEANS -> writer.putBooleans((boolean[]) value);
            case BYTES -> writer.putBytes((byte[]) value);
            case SHORTS -> writer.putShorts((short[]) value);
            case CHARS -> writer.putChars((char[]) value);
            case INTS -> writer.putInts((int[]) value);
            case LONGS -> writer.putLongs((long[]) value);
            case FLOATS -> writer.putFloats((float[]) value);
            case DOUBLES -> writer.putDoubles((double[]) value);
            case RECORD -> {
                writer.separate();
                writer.putRecord((Record) value, element);
            }
            case OBJECT -> {
                writer.separate();
                writer.putObject(value);
            }
            case VOID -> throw new SerializationException("a stream of nothing");
        }
    }

    static Object get(final ValueKind kind, final Class<?> element, final ValueReader reader) {
        if (kind == ValueKind.RECORD || kind == ValueKind.OBJECT) {
            reader.separate();
        }
        final Object value = ValueKinds.read(kind, element, reader);
        if (value == null) {
            throw new SerializationException("a stream with a null: the message is damaged");
        }
        return value;
    }
}

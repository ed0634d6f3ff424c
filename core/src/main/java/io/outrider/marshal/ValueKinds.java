package io.outrider.marshal;

import io.outrider.model.ValueKind;
import org.jspecify.annotations.Nullable;

/** Reads a value of a type that is known only at run time, boxed. Stubs, which know the type, read it unboxed themselves. */
public final class ValueKinds {
    private ValueKinds() {}

    /**
     * Reads a value.
     *
     * @param declared its erased declared type
     * @param reader holds it
     * @return the value; null for void
     */
    public static @Nullable Object read(final Class<?> declared, final ValueReader reader) {
        return read(ValueKind.of(declared), declared, reader);
    }

    /**
     * Reads a value.
     *
     * @param kind of its declared type
     * @param declared its erased declared type
     * @param reader holds it
     * @return the value; null for void
     */
    public static @Nullable Object read(final ValueKind kind, final Class<?> declared, final ValueReader reader) {
        return switch (kind) {
            case VOID -> null;
            case BOOLEAN -> reader.getBoolean();
            case BYTE -> reader.getByte();
            case SHORT -> reader.getShort();
            case CHAR -> reader.getChar();
            case INT -> reader.getInt();
            case LONG -> reader.getLong();
            case FLOAT -> reader.getFloat();
            case DOUBLE -> reader.getDouble();
            case STRING -> reader.getString();
            case BOOLEANS -> reader.getBooleans();
            case BYTES -> reader.getBytes();
            case SHORTS -> reader.getShorts();
            case CHARS -> reader.getChars();
            case INTS -> reader.getInts();
            case LONGS -> reader.getLongs();
            case FLOATS -> reader.getFloats();
            case DOUBLES -> reader.getDoubles();
            case RECORD -> reader.getRecord(declared);
            case OBJECT -> reader.getObject();
        };
    }
}

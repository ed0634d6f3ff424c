package io.outrider.model;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a value of a declared type stands in a frame. A kind is chosen from the declared parameter or result type alone, so
 * that both sides choose the same one from the same contract. Everything without an encoding of its own is {@link #OBJECT}.
 */
public enum ValueKind {
    /** No value: the result of a {@code void} method. */
    VOID(void.class, 0),
    /** One byte, 0 or 1. */
    BOOLEAN(boolean.class, Byte.BYTES),
    /** One byte. */
    BYTE(byte.class, Byte.BYTES),
    /** Two bytes. */
    SHORT(short.class, Short.BYTES),
    /** Two bytes. */
    CHAR(char.class, Character.BYTES),
    /** Four bytes. */
    INT(int.class, Integer.BYTES),
    /** Eight bytes. */
    LONG(long.class, Long.BYTES),
    /** Four bytes. */
    FLOAT(float.class, Float.BYTES),
    /** Eight bytes. */
    DOUBLE(double.class, Double.BYTES),
    /** Length and characters; may be null. */
    STRING(String.class, -1),
    /** Length and elements; may be null. */
    BOOLEANS(boolean[].class, -1),
    /** Length and elements; may be null. */
    BYTES(byte[].class, -1),
    /** Length and elements; may be null. */
    SHORTS(short[].class, -1),
    /** Length and elements; may be null. */
    CHARS(char[].class, -1),
    /** Length and elements; may be null. */
    INTS(int[].class, -1),
    /** Length and elements; may be null. */
    LONGS(long[].class, -1),
    /** Length and elements; may be null. */
    FLOATS(float[].class, -1),
    /** Length and elements; may be null. */
    DOUBLES(double[].class, -1),
    /** Component by component, each in its own kind; may be null. */
    RECORD(Record.class, -1),
    /** Any other object graph; may be null. */
    OBJECT(Object.class, -1);

    /** Without records: those have classes of their own, and java.lang.Record itself is any of them, hence a graph. */
    private static final Map<Class<?>, ValueKind> BY_TYPE = Arrays.stream(values())
            .filter(kind -> kind != RECORD)
            .collect(Collectors.toUnmodifiableMap(ValueKind::type, Function.identity()));

    private final Class<?> type;
    private final int fixedBytes;

    ValueKind(final Class<?> type, final int fixedBytes) {
        this.type = type;
        this.fixedBytes = fixedBytes;
    }

    /**
     * The kind in which values of a declared type stand in a frame.
     *
     * @param declared the erased declared type
     * @return its kind
     */
    public static ValueKind of(final Class<?> declared) {
        return RecordShape.isFlat(declared) ? RECORD : BY_TYPE.getOrDefault(declared, OBJECT);
    }

    /**
     * The Java type that the encoding reads and writes.
     *
     * @return a primitive type, String, a primitive array type, Record or Object
     */
    public Class<?> type() {
        return type;
    }

    /**
     * The size of every value of this kind, where it has one.
     *
     * @return bytes, or -1 if the size depends on the value
     */
    public int fixedBytes() {
        return fixedBytes;
    }
}

package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.GraphInput;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Values that hold no objects of their own: boxes, and whatever a pair of functions can write and make again. */
public final class Scalars {
    private Scalars() {}

    /**
     * Says which types have no identity worth keeping, so that no reference to them is ever written.
     *
     * @param type of a value
     * @return true for boxes and enums
     */
    public static boolean isPlain(final Class<?> type) {
        return type == Integer.class
                || type == Long.class
                || type == Double.class
                || type == Boolean.class
                || type == Float.class
                || type == Byte.class
                || type == Character.class
                || type == Short.class
                || Enum.class.isAssignableFrom(type);
    }

    public static <T> Serializer<T> of(final BiConsumer<Output, T> writer, final Function<Input, T> reader) {
        return new Serializer<>() {
            @Override
            public void write(final Kryo kryo, final Output output, final T value) {
                writer.accept(output, value);
            }

            @Override
            public T read(final Kryo kryo, final Input input, final Class<? extends T> type) {
                return reader.apply(input);
            }
        };
    }

    public static <T> Serializer<T> text(final Function<T, String> toText, final Function<String, T> fromText) {
        return of(
                (output, value) -> output.writeString(toText.apply(value)),
                input -> fromText.apply(((GraphInput) input).readText()));
    }

    public static <T> Serializer<T> constant(final T value) {
        return of((output, same) -> {}, input -> value);
    }

    public static void writePrimitive(final Output output, final Object value) {
        if (value instanceof Integer number) {
            output.writeVarInt(number, false);
        } else if (value instanceof Long number) {
            output.writeVarLong(number, false);
        } else if (value instanceof Double number) {
            output.writeDouble(number);
        } else if (value instanceof Boolean flag) {
            output.writeBoolean(flag);
        } else if (value instanceof Float number) {
            output.writeFloat(number);
        } else if (value instanceof Byte number) {
            output.writeByte(number);
        } else if (value instanceof Character character) {
            output.writeChar(character);
        } else {
            output.writeShort((Short) value);
        }
    }

    public static Object readPrimitive(final Input input, final Class<?> type) {
        if (type == int.class) {
            return input.readVarInt(false);
        } else if (type == long.class) {
            return input.readVarLong(false);
        } else if (type == double.class) {
            return input.readDouble();
        } else if (type == boolean.class) {
            return input.readBoolean();
        } else if (type == float.class) {
            return input.readFloat();
        } else if (type == byte.class) {
            return input.readByte();
        } else if (type == char.class) {
            return input.readChar();
        } else {
            return input.readShort();
        }
    }

    public static void writeBytes(final Output output, final byte[] bytes) {
        output.writeVarInt(bytes.length, true);
        output.writeBytes(bytes);
    }

    public static byte[] readBytes(final Input input) {
        return input.readBytes(GraphInput.readSize(input));
    }

    public static void writeLongs(final Output output, final long[] values) {
        output.writeVarInt(values.length, true);
        output.writeLongs(values, 0, values.length);
    }

    public static long[] readLongs(final Input input) {
        return input.readLongs(((GraphInput) input).readLength(Long.BYTES));
    }

    public static void writeInts(final Output output, final int[] values) {
        output.writeVarInt(values.length, true);
        output.writeInts(values, 0, values.length);
    }

    public static int[] readInts(final Input input) {
        return input.readInts(((GraphInput) input).readLength(Integer.BYTES));
    }
}

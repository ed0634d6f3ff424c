package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.value.Buffers;
import io.outrider.marshal.graph.value.ClassSerializer;
import io.outrider.marshal.graph.value.Scalars;
import io.outrider.marshal.graph.value.StackFrames;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** The built-in types that hold no objects: primitives and their arrays, numbers, text, names, dates. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate"
}) // Whatever one thinks of a class: its values are sent as what they are.
public final class ValueTypes {
    /** Exceptions of the JDK that code throws every day, and that have no fields of their own. */
    static final List<Class<? extends Throwable>> PLATFORM_EXCEPTIONS = List.of(
            Throwable.class,
            Exception.class,
            RuntimeException.class,
            Error.class,
            ArithmeticException.class,
            ArrayIndexOutOfBoundsException.class,
            ArrayStoreException.class,
            AssertionError.class,
            ClassCastException.class,
            CloneNotSupportedException.class,
            IllegalArgumentException.class,
            IllegalMonitorStateException.class,
            IllegalStateException.class,
            IndexOutOfBoundsException.class,
            InterruptedException.class,
            NegativeArraySizeException.class,
            NullPointerException.class,
            NumberFormatException.class,
            OutOfMemoryError.class,
            SecurityException.class,
            StackOverflowError.class,
            StringIndexOutOfBoundsException.class,
            UnsupportedOperationException.class,
            java.io.EOFException.class,
            java.io.FileNotFoundException.class,
            java.io.IOException.class,
            java.io.UncheckedIOException.class,
            java.util.ConcurrentModificationException.class,
            java.util.InputMismatchException.class,
            java.util.NoSuchElementException.class,
            java.util.concurrent.CancellationException.class,
            java.util.concurrent.CompletionException.class,
            java.util.concurrent.ExecutionException.class,
            java.util.concurrent.RejectedExecutionException.class,
            java.util.concurrent.TimeoutException.class);

    /** Named as the value of a {@code Class}, or ancestors of what is sent. */
    private static final List<Class<?>> PRIMITIVES = List.of(
            void.class,
            boolean.class,
            byte.class,
            short.class,
            char.class,
            int.class,
            long.class,
            float.class,
            double.class,
            Void.class,
            Number.class,
            CharSequence.class,
            Comparable.class,
            Enum.class,
            Record.class);

    private static final List<Class<?>> BOXES = List.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Object.class,
            Class.class);

    private ValueTypes() {}

    static List<TypeGroup> groups() {
        return List.of(
                new TypeGroup(ValueTypes::primitives, PRIMITIVES),
                new TypeGroup(ValueTypes::boxes, BOXES),
                new TypeGroup(
                        ValueTypes::arrays,
                        List.of(
                                boolean[].class,
                                byte[].class,
                                short[].class,
                                char[].class,
                                int[].class,
                                long[].class,
                                float[].class,
                                double[].class)),
                new TypeGroup(
                        ValueTypes::text,
                        List.of(
                                String.class,
                                StringBuilder.class,
                                StringBuffer.class,
                                Pattern.class,
                                Buffers.Form.class,
                                StackTraceElement.class)),
                new TypeGroup(
                        ValueTypes::names,
                        List.of(
                                UUID.class,
                                URI.class,
                                URL.class,
                                File.class,
                                Path.class,
                                Charset.class,
                                Currency.class,
                                Date.class)),
                new TypeGroup(
                        ValueTypes::numbers,
                        List.of(
                                BigInteger.class,
                                BigDecimal.class,
                                BitSet.class,
                                OptionalInt.class,
                                OptionalLong.class,
                                OptionalDouble.class)),
                new TypeGroup(
                        ValueTypes::atomics,
                        List.of(
                                AtomicBoolean.class,
                                AtomicInteger.class,
                                AtomicLong.class,
                                AtomicIntegerArray.class,
                                AtomicLongArray.class)),
                TimeTypes.group());
    }

    private static void primitives(final BiConsumer<Class<?>, Serializer<?>> table) {
        for (final Class<?> type : PRIMITIVES) {
            table.accept(type, TypeOnly.INSTANCE);
        }
    }

    private static void boxes(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(Boolean.class, Scalars.of(Output::writeBoolean, Input::readBoolean));
        table.accept(Byte.class, Scalars.<Byte>of((out, value) -> out.writeByte(value), Input::readByte));
        table.accept(Short.class, Scalars.<Short>of((out, value) -> out.writeShort(value), Input::readShort));
        table.accept(Character.class, Scalars.of(Output::writeChar, Input::readChar));
        table.accept(
                Integer.class, Scalars.<Integer>of((out, v) -> out.writeVarInt(v, false), in -> in.readVarInt(false)));
        table.accept(Long.class, Scalars.<Long>of((out, v) -> out.writeVarLong(v, false), in -> in.readVarLong(false)));
        table.accept(Float.class, Scalars.of(Output::writeFloat, Input::readFloat));
        table.accept(Double.class, Scalars.of(Output::writeDouble, Input::readDouble));
        table.accept(Object.class, Scalars.of((out, value) -> {}, in -> new Object()));
        table.accept(Class.class, new ClassSerializer());
    }

    private static void arrays(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(
                boolean[].class,
                Scalars.<boolean[]>of(
                        (out, values) -> {
                            out.writeVarInt(values.length, true);
                            out.writeBooleans(values, 0, values.length);
                        },
                        in -> in.readBooleans(GraphInput.readSize(in))));
        table.accept(byte[].class, Scalars.of(Scalars::writeBytes, Scalars::readBytes));
        table.accept(
                short[].class,
                Scalars.<short[]>of(
                        (out, values) -> {
                            out.writeVarInt(values.length, true);
                            out.writeShorts(values, 0, values.length);
                        },
                        in -> in.readShorts(((GraphInput) in).readLength(Short.BYTES))));
        table.accept(
                char[].class,
                Scalars.<char[]>of(
                        (out, values) -> {
                            out.writeVarInt(values.length, true);
                            out.writeChars(values, 0, values.length);
                        },
                        in -> in.readChars(((GraphInput) in).readLength(Character.BYTES))));
        table.accept(int[].class, Scalars.of(Scalars::writeInts, Scalars::readInts));
        table.accept(long[].class, Scalars.of(Scalars::writeLongs, Scalars::readLongs));
        table.accept(
                float[].class,
                Scalars.<float[]>of(
                        (out, values) -> {
                            out.writeVarInt(values.length, true);
                            out.writeFloats(values, 0, values.length);
                        },
                        in -> in.readFloats(((GraphInput) in).readLength(Float.BYTES))));
        table.accept(
                double[].class,
                Scalars.<double[]>of(
                        (out, values) -> {
                            out.writeVarInt(values.length, true);
                            out.writeDoubles(values, 0, values.length);
                        },
                        in -> in.readDoubles(((GraphInput) in).readLength(Double.BYTES))));
    }

    private static void text(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(String.class, Scalars.<String>of(Output::writeString, in -> ((GraphInput) in).readText()));
        table.accept(StringBuilder.class, Scalars.text(StringBuilder::toString, StringBuilder::new));
        table.accept(StringBuffer.class, Scalars.text(StringBuffer::toString, StringBuffer::new));
        table.accept(
                Pattern.class,
                Scalars.<Pattern>of(
                        (out, pattern) -> {
                            out.writeString(pattern.pattern());
                            out.writeVarInt(pattern.flags(), true);
                        },
                        in -> Pattern.compile(((GraphInput) in).readText(), in.readVarInt(true))));
        table.accept(Buffers.Form.class, Scalars.<ByteBuffer>of(Buffers::write, Buffers::read));
        table.accept(StackTraceElement.class, Scalars.of(StackFrames::write, StackFrames::read));
    }

    private static void names(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(
                UUID.class,
                Scalars.<UUID>of(
                        (out, id) -> {
                            out.writeLong(id.getMostSignificantBits());
                            out.writeLong(id.getLeastSignificantBits());
                        },
                        in -> new UUID(in.readLong(), in.readLong())));
        table.accept(URI.class, Scalars.text(URI::toString, URI::create));
        table.accept(URL.class, Scalars.text(URL::toExternalForm, ValueTypes::url));
        table.accept(File.class, Scalars.text(File::getPath, File::new));
        table.accept(Path.class, Scalars.text(ValueTypes::pathText, Path::of));
        table.accept(Charset.class, Scalars.text(Charset::name, Charset::forName));
        table.accept(Currency.class, Scalars.text(Currency::getCurrencyCode, Currency::getInstance));
        table.accept(
                Date.class,
                Scalars.<Date>of((out, date) -> out.writeLong(date.getTime()), in -> new Date(in.readLong())));
    }

    private static void numbers(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(
                BigInteger.class,
                Scalars.<BigInteger>of(
                        (out, number) -> Scalars.writeBytes(out, number.toByteArray()),
                        in -> new BigInteger(Scalars.readBytes(in))));
        table.accept(
                BigDecimal.class,
                Scalars.<BigDecimal>of(
                        (out, number) -> {
                            Scalars.writeBytes(out, number.unscaledValue().toByteArray());
                            out.writeVarInt(number.scale(), false);
                        },
                        in -> new BigDecimal(new BigInteger(Scalars.readBytes(in)), in.readVarInt(false))));
        table.accept(
                BitSet.class,
                Scalars.<BitSet>of(
                        (out, bits) -> Scalars.writeLongs(out, bits.toLongArray()),
                        in -> BitSet.valueOf(Scalars.readLongs(in))));
        table.accept(
                OptionalInt.class,
                Scalars.<OptionalInt>of(
                        (out, value) -> Scalars.writeInts(out, value.stream().toArray()),
                        in -> Arrays.stream(Scalars.readInts(in)).findFirst()));
        table.accept(
                OptionalLong.class,
                Scalars.<OptionalLong>of(
                        (out, value) -> Scalars.writeLongs(out, value.stream().toArray()),
                        in -> Arrays.stream(Scalars.readLongs(in)).findFirst()));
        table.accept(
                OptionalDouble.class,
                Scalars.<OptionalDouble>of(
                        (out, value) -> {
                            out.writeBoolean(value.isPresent());
                            out.writeDouble(value.orElse(0));
                        },
                        in -> {
                            final boolean present = in.readBoolean();
                            final double value = in.readDouble();
                            return present ? OptionalDouble.of(value) : OptionalDouble.empty();
                        }));
    }

    private static void atomics(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(
                AtomicBoolean.class,
                Scalars.<AtomicBoolean>of(
                        (out, value) -> out.writeBoolean(value.get()), in -> new AtomicBoolean(in.readBoolean())));
        table.accept(
                AtomicInteger.class,
                Scalars.<AtomicInteger>of(
                        (out, value) -> out.writeVarInt(value.get(), false),
                        in -> new AtomicInteger(in.readVarInt(false))));
        table.accept(
                AtomicLong.class,
                Scalars.<AtomicLong>of(
                        (out, value) -> out.writeVarLong(value.get(), false),
                        in -> new AtomicLong(in.readVarLong(false))));
        table.accept(
                AtomicIntegerArray.class,
                Scalars.<AtomicIntegerArray>of(
                        (out, array) -> {
                            final int[] values = new int[array.length()];
                            Arrays.setAll(values, array::get);
                            Scalars.writeInts(out, values);
                        },
                        in -> new AtomicIntegerArray(Scalars.readInts(in))));
        table.accept(
                AtomicLongArray.class,
                Scalars.<AtomicLongArray>of(
                        (out, array) -> {
                            final long[] values = new long[array.length()];
                            Arrays.setAll(values, array::get);
                            Scalars.writeLongs(out, values);
                        },
                        in -> new AtomicLongArray(Scalars.readLongs(in))));
    }

    private static String pathText(final Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new Refusal("the path " + path
                    + " can't be sent: only paths of the default file system mean the same elsewhere");
        }
        return path.toString();
    }

    private static URL url(final String text) {
        try {
            return new URL(text);
        } catch (final MalformedURLException e) {
            throw new Refusal("a URL of the message is not one here: " + text, e);
        }
    }
}

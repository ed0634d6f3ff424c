package io.outrider.contract;

import io.outrider.api.RemoteStream;
import io.outrider.model.RecordShape;
import io.outrider.model.ValueKind;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Iterator;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.Flow;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter or result is that stands for values over time. Immutable.
 *
 * @param declared the declared class, one of those that {@link #of} knows
 * @param element the erased class of the values
 * @param kind how each value stands in a frame; wrappers of primitives as these themselves
 */
public record StreamShape(Class<?> declared, Class<?> element, ValueKind kind) {
    private static final Map<Class<?>, Class<?>> PRIMITIVE_STREAMS = Map.of(
            LongStream.class, long.class,
            PrimitiveIterator.OfLong.class, long.class,
            RemoteStream.OfLong.class, long.class,
            IntStream.class, int.class,
            PrimitiveIterator.OfInt.class, int.class,
            RemoteStream.OfInt.class, int.class,
            DoubleStream.class, double.class,
            PrimitiveIterator.OfDouble.class, double.class,
            RemoteStream.OfDouble.class, double.class);

    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            Boolean.class, boolean.class,
            Byte.class, byte.class,
            Short.class, short.class,
            Character.class, char.class,
            Integer.class, int.class,
            Long.class, long.class,
            Float.class, float.class,
            Double.class, double.class);

    /**
     * The shape of a declared type.
     *
     * @param declared its erased class
     * @param generic the type with its arguments
     * @return null if it does not stand for values over time
     */
    public static @Nullable StreamShape of(final Class<?> declared, final Type generic) {
        final Class<?> primitive = PRIMITIVE_STREAMS.get(declared);
        if (primitive != null) {
            return new StreamShape(declared, primitive, ValueKind.of(primitive));
        }
        if (declared != Iterator.class
                && declared != Stream.class
                && declared != Flow.Publisher.class
                && declared != RemoteStream.class) {
            return null;
        }
        final Class<?> element = generic instanceof ParameterizedType parameterized
                ? erase(parameterized.getActualTypeArguments()[0])
                : Object.class;
        return new StreamShape(declared, element, ValueKind.of(WRAPPERS.getOrDefault(element, element)));
    }

    private static Class<?> erase(final Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erase(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(erase(array.getGenericComponentType()), 0).getClass();
        }
        if (type instanceof WildcardType wildcard) {
            return erase(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable ? erase(variable.getBounds()[0]) : Object.class;
    }

    /** What two versions of the declaration must have in common to understand each other's frames. */
    String describe() {
        return declared.descriptorString() + '<' + RecordShape.describe(element) + '>';
    }
}

package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Refusal;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a collection or map is apart from its contents: how an empty one like it is made again. Stateless.
 *
 * @param <C> a collection or a map
 */
public interface Shape<C> {
    /** What must be known before it can be made. */
    void writeShape(Kryo kryo, Output output, C container);

    /** Makes an empty one; {@code size} elements or entries will follow. */
    C make(Kryo kryo, Input input, int size);

    /** What else it holds; may lead back to the container. */
    default void writeState(final Kryo kryo, final Output output, final C container) {}

    /** Reads what {@link #writeState} wrote. */
    default void readState(final Kryo kryo, final Input input, final C container) {}

    /** A container that has nothing but its contents. */
    static <C> Shape<C> plain(final Supplier<C> maker) {
        return sized(size -> maker.get());
    }

    /** A container that is made with room for its contents. */
    static <C> Shape<C> sized(final IntFunction<C> maker) {
        return new Shape<>() {
            @Override
            public void writeShape(final Kryo kryo, final Output output, final C container) {}

            @Override
            public C make(final Kryo kryo, final Input input, final int size) {
                return maker.apply(size);
            }
        };
    }

    /** A container that is ordered by a comparator, or by the natural order where that is null. */
    static <C> Shape<C> sorted(
            final Function<C, @Nullable Comparator<Object>> comparator,
            final Function<@Nullable Comparator<Object>, C> maker) {
        return new Shape<>() {
            @Override
            public void writeShape(final Kryo kryo, final Output output, final C container) {
                writeComparator(kryo, output, comparator.apply(container));
            }

            @Override
            public C make(final Kryo kryo, final Input input, final int size) {
                return maker.apply(readComparator(kryo, input));
            }
        };
    }

    /** A container that has a number of its own, such as a capacity. */
    static <C> Shape<C> numbered(final ToIntFunction<C> number, final IntFunction<C> maker) {
        return new Shape<>() {
            @Override
            public void writeShape(final Kryo kryo, final Output output, final C container) {
                output.writeVarInt(number.applyAsInt(container), true);
            }

            @Override
            public C make(final Kryo kryo, final Input input, final int size) {
                return maker.apply(input.readVarInt(true));
            }
        };
    }

    static void writeComparator(final Kryo kryo, final Output output, final @Nullable Comparator<?> comparator) {
        try {
            kryo.writeClassAndObject(output, comparator);
        } catch (final Refusal e) {
            throw e.at(".comparator()");
        }
    }

    @SuppressWarnings("unchecked")
    static @Nullable Comparator<Object> readComparator(final Kryo kryo, final Input input) {
        final Object comparator = kryo.readClassAndObject(input);
        if (comparator != null && !(comparator instanceof Comparator)) {
            throw new Refusal("a " + comparator.getClass().getName() + " is no comparator: the message is damaged");
        }
        return (Comparator<Object>) comparator;
    }
}

package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.value.StepSerializer;
import io.outrider.marshal.graph.wire.Elements;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Containers that are made in one step from their elements: {@code List.of} and its like, {@code Optional}, entries. */
public final class Immutables {
    /** Stands for the lists of {@code List.of}, {@code List.copyOf} and {@code Stream.toList}. */
    public interface ListForm {}

    /** Stands for the sets of {@code Set.of}. */
    public interface SetForm {}

    /** Stands for the maps of {@code Map.of}. */
    public interface MapForm {}

    /** Stands for the entries of {@code Map.entry}. */
    public interface EntryForm {}

    private Immutables() {}

    /**
     * A serializer for containers that are arrays of elements to it.
     *
     * @param toElements takes a container apart
     * @param fromElements makes one; may refuse what it is given
     * @param <T> the type of the containers
     * @return the serializer
     */
    public static <T> Serializer<T> of(
            final Function<T, Object[]> toElements, final Function<Object[], T> fromElements) {
        return new StepSerializer<>() {
            @Override
            protected void writeParts(final Kryo kryo, final Output output, final T container) {
                final Object[] elements = toElements.apply(container);
                output.writeVarInt(elements.length, true);
                Elements.write(kryo, output, elements);
            }

            @Override
            protected T readParts(final Kryo kryo, final Input input, final Class<? extends T> type) {
                return fromElements.apply(Elements.read(kryo, input));
            }
        };
    }

    public static Serializer<List<Object>> list() {
        // Only Stream.toList makes lists that hold null; without one, both kinds behave alike but for contains(null).
        return of(
                List::toArray,
                elements -> Arrays.stream(elements).anyMatch(Objects::isNull)
                        ? Arrays.stream(elements).toList()
                        : List.of(elements));
    }

    public static Serializer<Set<Object>> set() {
        return of(Set::toArray, Set::of);
    }

    /**
     * A serializer for maps that are made in one step.
     *
     * @param fromEntries makes one
     * @return the serializer
     */
    public static Serializer<Map<Object, Object>> map(
            final Function<Map<Object, Object>, Map<Object, Object>> fromEntries) {
        return new StepSerializer<>() {
            @Override
            protected void writeParts(final Kryo kryo, final Output output, final Map<Object, Object> map) {
                final Object[] entries = map.entrySet().toArray();
                output.writeVarInt(entries.length, true);
                MapSerializer.writeEntries(kryo, output, entries);
            }

            @Override
            protected Map<Object, Object> readParts(
                    final Kryo kryo, final Input input, final Class<? extends Map<Object, Object>> type) {
                final Map<Object, Object> entries = new HashMap<>();
                MapSerializer.readEntries(kryo, input, entries, GraphInput.readSize(input));
                return fromEntries.apply(entries);
            }
        };
    }

    public static <E extends Map.Entry<Object, Object>> Serializer<E> entry(final EntryMaker<E> maker) {
        return of(
                entry -> new Object[] {entry.getKey(), entry.getValue()},
                parts -> maker.make(element(parts, 0), element(parts, 1)));
    }

    /** Makes an entry of a key and a value. */
    public interface EntryMaker<E> {
        E make(Object key, Object value);
    }

    /**
     * Takes a part of a container that always has it.
     *
     * @param elements as they were read
     * @param index of the part
     * @return the part
     */
    public static Object element(final Object[] elements, final int index) {
        if (index >= elements.length) {
            throw new Refusal("a part of a value is missing: the message is damaged");
        }
        return elements[index];
    }
}

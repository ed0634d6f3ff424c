package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Elements;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The unmodifiable and synchronized wrappers of {@link Collections}: the same kind of wrapper again, around a new
 * collection that keeps the order. May be part of cycles, because the wrapper exists before its contents are read.
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions that wrap keep nothing.
public enum Wrappers {
    UNMODIFIABLE_COLLECTION(Collection.class, c -> Collections.unmodifiableCollection((Collection<?>) c)),
    UNMODIFIABLE_LIST(List.class, c -> Collections.unmodifiableList((List<?>) c)),
    UNMODIFIABLE_SET(Set.class, c -> Collections.unmodifiableSet((Set<?>) c)),
    UNMODIFIABLE_SORTED_SET(SortedSet.class, c -> Collections.unmodifiableSortedSet((SortedSet<?>) c)),
    UNMODIFIABLE_NAVIGABLE_SET(NavigableSet.class, c -> Collections.unmodifiableNavigableSet((NavigableSet<?>) c)),
    UNMODIFIABLE_MAP(Map.class, c -> Collections.unmodifiableMap((Map<?, ?>) c)),
    UNMODIFIABLE_SORTED_MAP(SortedMap.class, c -> Collections.unmodifiableSortedMap((SortedMap<?, ?>) c)),
    UNMODIFIABLE_NAVIGABLE_MAP(NavigableMap.class, c -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) c)),
    SYNCHRONIZED_COLLECTION(Collection.class, c -> Collections.synchronizedCollection((Collection<?>) c)),
    SYNCHRONIZED_LIST(List.class, c -> Collections.synchronizedList((List<?>) c)),
    SYNCHRONIZED_SET(Set.class, c -> Collections.synchronizedSet((Set<?>) c)),
    SYNCHRONIZED_SORTED_SET(SortedSet.class, c -> Collections.synchronizedSortedSet((SortedSet<?>) c)),
    SYNCHRONIZED_NAVIGABLE_SET(NavigableSet.class, c -> Collections.synchronizedNavigableSet((NavigableSet<?>) c)),
    SYNCHRONIZED_MAP(Map.class, c -> Collections.synchronizedMap((Map<?, ?>) c)),
    SYNCHRONIZED_SORTED_MAP(SortedMap.class, c -> Collections.synchronizedSortedMap((SortedMap<?, ?>) c)),
    SYNCHRONIZED_NAVIGABLE_MAP(NavigableMap.class, c -> Collections.synchronizedNavigableMap((NavigableMap<?, ?>) c));

    /** Stands for all wrappers in a message. */
    public interface Form {}

    public static final Serializer<Object> SERIALIZER = new WrapperSerializer();

    private static final Wrappers[] ALL = values();
    private static final String PREFIX = "java.util.Collections$";

    private final Class<?> kind;
    private final UnaryOperator<Object> wrap;

    Wrappers(final Class<?> kind, final UnaryOperator<Object> wrap) {
        this.kind = kind;
        this.wrap = wrap;
    }

    public static boolean isWrapper(final Class<?> type) {
        return (type.getName().startsWith(PREFIX + "Unmodifiable")
                        || type.getName().startsWith(PREFIX + "Synchronized"))
                && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type));
    }

    private static Wrappers of(final Class<?> type) {
        final String prefix = type.getName().startsWith(PREFIX + "Unmodifiable") ? "UNMODIFIABLE" : "SYNCHRONIZED";
        // The kinds go from general to special within collections and within maps: the last that fits is the one.
        Wrappers found = null;
        for (final Wrappers each : ALL) {
            if (each.name().startsWith(prefix) && each.kind.isAssignableFrom(type)) {
                found = each;
            }
        }
        if (found == null) {
            throw new Refusal(type.getName() + " is a wrapper of an unknown kind");
        }
        return found;
    }

    /** The order of the constants is part of the encoding: new ones go to the end. */
    @SuppressWarnings("EnumOrdinal")
    private static int numberOf(final Wrappers kind) {
        return kind.ordinal();
    }

    private static final class WrapperSerializer extends Serializer<Object> {
        @Override
        public void write(final Kryo kryo, final Output output, final Object wrapper) {
            final Wrappers kind = of(wrapper.getClass());
            output.writeByte(numberOf(kind));
            final Object[] contents;
            // Iteration is the one thing that a synchronized wrapper leaves to its user to lock.
            synchronized (wrapper) {
                contents = wrapper instanceof Map<?, ?> map
                        ? map.entrySet().toArray()
                        : ((Collection<?>) wrapper).toArray();
            }
            output.writeVarInt(contents.length, true);
            if (wrapper instanceof SortedSet<?> set) {
                Shape.writeComparator(kryo, output, set.comparator());
            } else if (wrapper instanceof SortedMap<?, ?> map) {
                Shape.writeComparator(kryo, output, map.comparator());
            }
            if (wrapper instanceof Map) {
                MapSerializer.writeEntries(kryo, output, contents);
            } else {
                Elements.write(kryo, output, contents);
            }
        }

        @Override
        public Object read(final Kryo kryo, final Input input, final Class<? extends Object> type) {
            final int ordinal = input.readByte();
            if (ordinal < 0 || ordinal >= ALL.length) {
                throw new Refusal("there is no wrapper with the number " + ordinal + ": the message is damaged");
            }
            final Wrappers kind = ALL[ordinal];
            final int size = GraphInput.readSize(input);
            if (Map.class.isAssignableFrom(kind.kind)) {
                final Map<Object, Object> backing = SortedMap.class.isAssignableFrom(kind.kind)
                        ? new TreeMap<>(Shape.readComparator(kryo, input))
                        : new LinkedHashMap<>();
                final Object wrapper = kind.wrap.apply(backing);
                kryo.reference(wrapper);
                MapSerializer.readEntries(kryo, input, backing, size);
                return wrapper;
            }
            final Collection<Object> backing = SortedSet.class.isAssignableFrom(kind.kind)
                    ? new TreeSet<>(Shape.readComparator(kryo, input))
                    : Set.class.isAssignableFrom(kind.kind) ? new LinkedHashSet<>() : new ArrayList<>();
            final Object wrapper = kind.wrap.apply(backing);
            kryo.reference(wrapper);
            Elements.read(kryo, input, backing, size);
            return wrapper;
        }
    }
}

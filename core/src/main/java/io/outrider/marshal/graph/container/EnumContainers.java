package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.jdk.AcceptedTypes;
import io.outrider.marshal.graph.jdk.JavaStreams;
import io.outrider.marshal.graph.value.Scalars;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.graph.wire.TypeNames;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an empty {@link EnumSet} or {@link EnumMap} is made: from the enum of the first element. Where there is none, only
 * Java serialization knows the enum, and carries the empty container.
 *
 * @param <C> the container
 */
public final class EnumContainers<C> implements Shape<C> {
    /** Stands for both classes of enum sets in a message. */
    public interface SetForm {}

    private final JavaStreams streams;
    private final Class<?> root;

    private EnumContainers(final AcceptedTypes types, final Class<?> root) {
        streams = new JavaStreams(types);
        this.root = root;
    }

    public static Shape<Collection<Object>> set(final AcceptedTypes types) {
        return new EnumContainers<>(types, EnumSet.class);
    }

    public static Shape<Map<Object, Object>> map(final AcceptedTypes types) {
        return new EnumContainers<>(types, EnumMap.class);
    }

    @Override
    public void writeShape(final Kryo kryo, final Output output, final C container) {
        final Enum<?> first = first(container);
        if (first == null) {
            Scalars.writeBytes(output, streams.write(container));
        } else {
            ((TypeNames) kryo.getClassResolver()).writeType(output, first.getDeclaringClass());
        }
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public C make(final Kryo kryo, final Input input, final int size) {
        if (size == 0) {
            return (C) streams.read(Scalars.readBytes(input), root);
        }
        final Class<?> type = ((TypeNames) kryo.getClassResolver()).readType(input);
        if (type == null || !type.isEnum()) {
            throw new Refusal("an enum is expected: the message is damaged");
        }
        return root == EnumSet.class ? (C) EnumSet.noneOf((Class) type) : (C) new EnumMap((Class) type);
    }

    private static @Nullable Enum<?> first(final Object container) {
        final Collection<?> keys = container instanceof Map<?, ?> map ? map.keySet() : (Collection<?>) container;
        return keys.isEmpty() ? null : (Enum<?>) keys.iterator().next();
    }
}

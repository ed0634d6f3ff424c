package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.jdk.AcceptedTypes;
import io.outrider.marshal.graph.jdk.JavaStreams;
import io.outrider.marshal.graph.value.Scalars;
import io.outrider.marshal.graph.wire.Elements;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checked collections and maps, which tell only Java serialization what they check for: an empty one goes ahead that way,
 * and the contents are put into it.
 */
public final class CheckedSerializer extends Serializer<Object> {
    /** Stands for all such containers in a message. */
    public interface Form {}

    private final JavaStreams streams;

    public CheckedSerializer(final AcceptedTypes types) {
        streams = new JavaStreams(types, CheckedSerializer::isChecked);
    }

    public static boolean isChecked(final String name) {
        return name.startsWith("java.util.Collections$Checked");
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Object container) {
        Scalars.writeBytes(output, streams.write(container, CheckedSerializer::emptied));
        final Object[] contents =
                container instanceof Map<?, ?> map ? map.entrySet().toArray() : ((Collection<?>) container).toArray();
        output.writeVarInt(contents.length, true);
        if (container instanceof Map) {
            MapSerializer.writeEntries(kryo, output, contents);
        } else {
            Elements.write(kryo, output, contents);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public Object read(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        final Object container = streams.read(Scalars.readBytes(input), Object.class);
        kryo.reference(container);
        final int size = GraphInput.readSize(input);
        if (container instanceof Map<?, ?> map) {
            MapSerializer.readEntries(kryo, input, (Map<Object, Object>) map, size);
        } else if (container instanceof Collection<?> collection) {
            Elements.read(kryo, input, (Collection<Object>) collection, size);
        } else {
            throw new Refusal("a " + container.getClass().getName() + " is no container: the message is damaged");
        }
        return container;
    }

    /** Something like the container that was wrapped, but without contents, which travel with the graph instead. */
    private static Object emptied(final Object object) {
        if (object instanceof SortedMap<?, ?> map) {
            return new TreeMap<>(map.comparator());
        } else if (object instanceof Map) {
            return new LinkedHashMap<>();
        } else if (object instanceof SortedSet<?> set) {
            return new TreeSet<>(set.comparator());
        } else if (object instanceof Set) {
            return new LinkedHashSet<>();
        } else if (object instanceof Queue) {
            return new ArrayDeque<>();
        } else if (object instanceof Collection) {
            return new ArrayList<>();
        }
        return object;
    }
}

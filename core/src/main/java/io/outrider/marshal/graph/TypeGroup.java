package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Built-in types with neighbouring ids, whose serializers are made together when a value of one of them is first met: most
 * programs send few of them, and to make all would be a good part of a worker's start. Stands in the table for the
 * serializer of each of its types until then. Immutable, safe from any thread.
 */
final class TypeGroup extends Serializer<Object> {
    private final List<Class<?>> types;
    private final Consumer<BiConsumer<Class<?>, Serializer<?>>> source;

    /**
     * @param source gives the serializer of each type, in any order
     * @param types in the order of their ids
     */
    TypeGroup(final Consumer<BiConsumer<Class<?>, Serializer<?>>> source, final List<Class<?>> types) {
        this.source = source;
        this.types = List.copyOf(types);
    }

    /** In the order of their ids. */
    List<Class<?>> types() {
        return types;
    }

    /** Makes the serializers of all its types. */
    Map<Class<?>, Serializer<?>> serializers() {
        final Map<Class<?>, Serializer<?>> made = new HashMap<>();
        source.accept(made::put);
        if (!made.keySet().equals(Set.copyOf(types))) {
            throw new IllegalStateException("serializers of " + made.keySet() + " for the types " + types);
        }
        return made;
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Object value) {
        throw new IllegalStateException("the serializer of " + value.getClass() + " was not made");
    }

    @Override
    public Object read(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        throw new IllegalStateException("the serializer of " + type + " was not made");
    }
}

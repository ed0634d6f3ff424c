package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Elements;
import io.outrider.marshal.graph.wire.GraphInput;
import java.util.Collection;

/** Modifiable collections: the shape, then the elements in their order. May be part of cycles. */
public final class CollectionSerializer extends Serializer<Collection<Object>> {
    private final Shape<Collection<Object>> shape;

    public CollectionSerializer(final Shape<Collection<Object>> shape) {
        this.shape = shape;
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Collection<Object> collection) {
        // A snapshot: what another thread adds meanwhile must not contradict the number that goes ahead of the
        // elements.
        final Object[] elements = collection.toArray();
        output.writeVarInt(elements.length, true);
        shape.writeShape(kryo, output, collection);
        shape.writeState(kryo, output, collection);
        Elements.write(kryo, output, elements);
    }

    @Override
    public Collection<Object> read(final Kryo kryo, final Input input, final Class<? extends Collection<Object>> type) {
        final int size = GraphInput.readSize(input);
        final Collection<Object> collection = shape.make(kryo, input, size);
        kryo.reference(collection);
        shape.readState(kryo, input, collection);
        Elements.read(kryo, input, collection, size);
        return collection;
    }
}

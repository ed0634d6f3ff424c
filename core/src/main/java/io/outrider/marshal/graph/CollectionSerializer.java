package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collection;

/** Modifiable collections: the shape, then the elements in their order. May be part of cycles. */
final class CollectionSerializer extends Serializer<Collection<Object>> {
    private final Shape<Collection<Object>> shape;

    CollectionSerializer(final Shape<Collection<Object>> shape) {
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
        writeElements(kryo, output, elements);
    }

    @Override
    public Collection<Object> read(final Kryo kryo, final Input input, final Class<? extends Collection<Object>> type) {
        final int size = GraphInput.readSize(input);
        final Collection<Object> collection = shape.make(kryo, input, size);
        kryo.reference(collection);
        shape.readState(kryo, input, collection);
        readElements(kryo, input, collection, size);
        return collection;
    }

    static void writeElements(final Kryo kryo, final Output output, final Object[] elements) {
        for (int i = 0; i < elements.length; i++) {
            try {
                kryo.writeClassAndObject(output, elements[i]);
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            }
        }
    }

    static void readElements(final Kryo kryo, final Input input, final Collection<Object> collection, final int size) {
        for (int i = 0; i < size; i++) {
            try {
                collection.add(kryo.readClassAndObject(input));
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            }
        }
    }

    static Object[] readElements(final Kryo kryo, final Input input) {
        final Object[] elements = new Object[GraphInput.readSize(input)];
        for (int i = 0; i < elements.length; i++) {
            try {
                elements[i] = kryo.readClassAndObject(input);
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            }
        }
        return elements;
    }
}

package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Ordinary objects: all fields that are neither static nor transient. May be part of cycles. */
public final class FieldsSerializer extends Serializer<Object> {
    private final Instantiator instantiator;
    private final ObjectFields fields;

    /**
     * @param type a concrete class
     * @param ancestor the nearest one that belongs to the JDK, which holds no values of its own
     */
    public FieldsSerializer(final Class<?> type, final Class<?> ancestor) {
        instantiator = Instantiator.of(type, ancestor);
        fields = ObjectFields.between(type, ancestor);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Object object) {
        fields.write(kryo, output, object);
    }

    @Override
    public Object read(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        final Object object = instantiator.newInstance();
        kryo.reference(object);
        fields.read(kryo, input, object);
        return object;
    }
}
